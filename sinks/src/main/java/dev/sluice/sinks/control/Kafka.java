package dev.sluice.sinks.control;

import dev.sluice.settings.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka as one command needs it. */
final class Kafka {
  private static final Duration STEP = Duration.ofMillis(200);

  private final KafkaSettings settings;

  Kafka(KafkaSettings settings) {
    this.settings = settings;
  }

  Admin admin() {
    return Admin.create(config("sluice-sinks-command"));
  }

  Producer<byte[], byte[]> producer() {
    Map<String, Object> config = config("sluice-sinks-command");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A consumer of no group that reads what is committed. */
  org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> reader() {
    Map<String, Object> config = config("sluice-sinks-command");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Every record of a topic, up to its end as it is now. */
  void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> into) {
    read(topic, Map.of(), into);
  }

  /**
   * Records of a topic, up to its end as it is now.
   *
   * @param from first offset of each partition; where it is left out, the beginning
   */
  void read(
      String topic, Map<TopicPartition, Long> from, Consumer<ConsumerRecord<byte[], byte[]>> into) {
    try (var reader = reader()) {
      List<TopicPartition> all = partitions(reader, topic);
      reader.assign(all);
      reader.seekToBeginning(all);
      from.forEach(reader::seek);
      Map<TopicPartition, Long> ends = reader.endOffsets(all);
      while (all.stream().anyMatch(each -> reader.position(each) < ends.get(each))) {
        reader.poll(STEP).forEach(into);
      }
    }
  }

  static List<TopicPartition> partitions(
      org.apache.kafka.clients.consumer.Consumer<?, ?> reader, String topic) {
    return reader.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private Map<String, Object> config(String client) {
    Map<String, Object> config = new HashMap<>(settings.properties());
    config.put("bootstrap.servers", settings.bootstrapServers());
    config.put("client.id", client);
    return config;
  }
}
