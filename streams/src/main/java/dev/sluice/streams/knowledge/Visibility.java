package dev.sluice.streams.knowledge;

import dev.sluice.settings.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Waits until readers can see a transaction: a broker answers the commit before it has told every
 * partition of it.
 */
final class Visibility {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(10);

  private Visibility() {}

  /** Waits for these records, not for ever: they are committed in any case. */
  static void await(KafkaSettings kafka, List<Future<RecordMetadata>> committed) {
    Map<TopicPartition, Long> last = new HashMap<>();
    try {
      for (Future<RecordMetadata> each : committed) {
        RecordMetadata record = each.get();
        last.merge(
            new TopicPartition(record.topic(), record.partition()), record.offset(), Math::max);
      }
      Map<String, Object> properties = new HashMap<>(kafka.properties());
      properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
      properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
      try (KafkaConsumer<byte[], byte[]> reader =
          new KafkaConsumer<>(
              properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isVisible(reader, last) && System.nanoTime() < deadline) {
          Thread.sleep(STEP.toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while loading reference data", e);
    } catch (ExecutionException e) {
      throw new KafkaException("reference data could not be written", e.getCause());
    }
  }

  private static boolean isVisible(
      KafkaConsumer<byte[], byte[]> reader, Map<TopicPartition, Long> last) {
    Map<TopicPartition, Long> ends = reader.endOffsets(last.keySet());
    return last.entrySet().stream().allMatch(each -> ends.get(each.getKey()) > each.getValue());
  }
}
