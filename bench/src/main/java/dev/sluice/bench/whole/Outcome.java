package dev.sluice.bench.whole;

import dev.sluice.events.DecisionRecord;
import dev.sluice.events.ScanVerdict;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads verdicts and decisions as any reader of committed records does. */
final class Outcome implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Deserializer<ScanVerdict> verdicts;
  private final Deserializer<DecisionRecord> decisions;
  private final String scansTopic = Topics.name("", Realm.COMMON, Topics.SCANS);

  Outcome(String bootstrapServers, String registryUrl) {
    AvroSerdes serdes = AvroSerdes.of(new RegistrySettings(registryUrl, Map.of()));
    verdicts = serdes.forTopic(Topics.SCANS).deserializer();
    decisions = serdes.forTopic(Topics.DECISIONS).deserializer();
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(scansTopic, Topics.name("", Realm.COMMON, Topics.DECISIONS))) {
      for (PartitionInfo each : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, each.partition()));
      }
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /**
   * Waits for the verdict on an asset and for so many of its decisions.
   *
   * @return nanoseconds, as {@link System#nanoTime}, at which the last of them was read
   */
  long await(String asset, int count) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean judged = false;
    int decided = 0;
    while (!judged || decided < count) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
        if (record.topic().equals(scansTopic)) {
          ScanVerdict verdict = verdicts.deserialize(record.topic(), record.value());
          judged |= verdict.getAsset().equals(asset);
        } else {
          DecisionRecord decision = decisions.deserialize(record.topic(), record.value());
          decided += decision.getAsset().equals(asset) ? 1 : 0;
        }
      }
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "of %s: verdict %s, %d of %d decisions after %d minutes"
                .formatted(asset, judged ? "came" : "did not come", decided, count, 3));
      }
    }
    return System.nanoTime();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
