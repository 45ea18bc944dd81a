package dev.sluice.sinks.runner;

import dev.sluice.settings.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka clients of one sink. What the user sets under {@code kafka.properties} wins, except where
 * the sink's promises depend on it.
 */
final class SinkKafka {
  private final KafkaSettings settings;
  private final String name;

  SinkKafka(KafkaSettings settings, String name) {
    this.settings = settings;
    this.name = name;
  }

  /** Group of a configured sink. */
  static String group(String prefix, String name) {
    return prefix + "sluice-sink-" + name;
  }

  /** A consumer of the sink's own group, whose instances share the partitions. */
  Consumer<byte[], byte[]> member() {
    return member(CooperativeStickyAssignor.class);
  }

  /** A consumer of the sink's own group, of which one instance has all partitions. */
  Consumer<byte[], byte[]> soleMember() {
    return member(OneInstance.class);
  }

  private Consumer<byte[], byte[]> member(Class<?> assignor) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
    config.putAll(settings.properties());
    config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, assignor.getName());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group(settings.prefix(), name));
    return consumer(config);
  }

  /** A consumer of no group, to read the books. */
  Consumer<byte[], byte[]> reader() {
    return consumer(new HashMap<>(settings.properties()));
  }

  private Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-sink-" + name);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // A group's start is set explicitly; this is for offsets that the topic no longer holds.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * For the books and the dead letters. What it cannot write within two minutes makes the sink
   * start anew.
   */
  Producer<byte[], byte[]> producer() {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
    config.putAll(settings.properties());
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "sluice-sink-" + name);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // Of several requests in flight to a partition that is just being created, a later one can be
    // taken first; the broker then refuses the earlier one as out of order until it expires.
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
