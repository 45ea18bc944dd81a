package dev.sluice.app.topic;

import dev.sluice.settings.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from their beginning to where they end now, as bytes. Belongs to one thread. Reads
 * committed records only, and joins no consumer group.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(100);

  /** Polls in a row that may bring nothing: a broker that is away is not waited for, for good. */
  private static final int PATIENCE = 300;

  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @throws org.apache.kafka.common.KafkaException if the client refuses its settings
   */
  public TopicReader(KafkaSettings kafka) {
    Properties properties = new Properties();
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-reader");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
    // At the end of a partition the broker would hold an answer back, and with it the next one's.
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
    properties.putAll(kafka.properties());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Whether there is such a topic. */
  public boolean exists(String topic) {
    return !partitions(topic).isEmpty();
  }

  /** Partitions of a topic in order; none if there is no such topic. */
  public List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> known = consumer.listTopics().getOrDefault(topic, List.of());
    return known.stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .sorted(java.util.Comparator.comparing(TopicPartition::partition))
        .toList();
  }

  /** Hands over every record of a topic that was committed before this call. */
  public void readAll(String topic, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    List<TopicPartition> partitions = partitions(topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    read(consumer.endOffsets(partitions), to);
  }

  /** Hands over the records of a partition from an offset on; it may lie before the first. */
  public void read(
      TopicPartition partition, long from, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    consumer.assign(List.of(partition));
    long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
    Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition));
    consumer.seek(partition, Math.min(Math.max(from, begin), ends.get(partition)));
    read(ends, to);
  }

  private void read(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    int silent = 0;
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      long before = ends.keySet().stream().mapToLong(consumer::position).sum();
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(STEP)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.get(partition)) {
          to.accept(record);
        }
      }
      silent = ends.keySet().stream().mapToLong(consumer::position).sum() > before ? 0 : silent + 1;
      if (silent > PATIENCE) {
        throw new TimeoutException("no records within 30 s");
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
