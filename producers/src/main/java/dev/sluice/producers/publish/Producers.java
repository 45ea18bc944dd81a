package dev.sluice.producers.publish;

import dev.sluice.settings.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka producer that a {@link Publisher} needs. */
final class Producers {
  private Producers() {}

  /** Connects lazily: an absent Kafka shows with the first report. */
  static Producer<byte[], byte[]> create(KafkaSettings kafka, PublisherSettings settings) {
    Map<String, Object> config = configuration(kafka, settings);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static Map<String, Object> configuration(KafkaSettings kafka, PublisherSettings settings) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "sluice-publisher");
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 10);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, settings.bufferMemory());
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.blockTimeout().toMillis());
    int delivery = (int) Math.min(Integer.MAX_VALUE, settings.deliveryTimeout().toMillis());
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
    // Must leave room for a second try within the delivery timeout.
    config.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, Math.min(10_000, delivery / 3)));
    config.putAll(kafka.properties());
    // What the events' order and completeness rest on is not up to properties.
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, settings.maxRecordBytes() + 64 * 1024);
    return config;
  }
}
