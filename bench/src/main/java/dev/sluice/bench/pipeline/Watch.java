package dev.sluice.bench.pipeline;

import dev.sluice.events.ScanVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Sees results as any reader of committed records does, and so says when one that was measured is
 * done. It reads as little as it can, for it runs on the same processors.
 */
final class Watch implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> from = new HashMap<>();

  Watch(String bootstrap, String topic, int partitions) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                50),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.partitions =
        IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)).toList();
    consumer.assign(this.partitions);
  }

  /** What is there now is not waited for. */
  void begin() {
    from.putAll(consumer.endOffsets(partitions));
    from.forEach(consumer::seek);
  }

  /** Waits for so many verdicts. */
  List<ScanVerdict> verdicts(int count, Deserializer<ScanVerdict> values) {
    List<ScanVerdict> verdicts = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (verdicts.size() < count) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
        verdicts.add(values.deserialize(record.topic(), record.value()));
      }
      check(end, verdicts.size() + " of " + count + " verdicts came");
    }
    return verdicts;
  }

  /**
   * Waits for the last record of a backlog in each partition, and does not fetch those before.
   *
   * @param counts records of the backlog in each partition
   */
  void last(String name, long[] counts) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<TopicPartition> waiting = new ArrayList<>(partitions);
    waiting.removeIf(partition -> counts[partition.partition()] == 0);
    while (!reached(consumer.endOffsets(waiting), counts)) {
      check(end, "the records passed on did not all come");
      Thread.sleep(2);
    }
    // Markers of transactions lie between records, so the last one is there or behind.
    waiting.forEach(p -> consumer.seek(p, from.get(p) + counts[p.partition()] - 1));
    while (!waiting.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
        Header last = record.headers().lastHeader(Backlog.LAST);
        if (last != null && new String(last.value(), StandardCharsets.UTF_8).equals(name)) {
          waiting.remove(new TopicPartition(record.topic(), record.partition()));
        }
      }
      check(end, "the last records passed on did not come");
    }
  }

  private boolean reached(Map<TopicPartition, Long> ends, long[] counts) {
    return ends.entrySet().stream()
        .allMatch(e -> e.getValue() >= from.get(e.getKey()) + counts[e.getKey().partition()]);
  }

  private static void check(long end, String what) {
    if (System.nanoTime() - end > 0) {
      throw new IllegalStateException(what + " within " + PATIENCE.toMinutes() + " minutes");
    }
  }

  Collection<TopicPartition> partitions() {
    return partitions;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
