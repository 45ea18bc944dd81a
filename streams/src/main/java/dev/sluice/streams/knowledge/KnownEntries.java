package dev.sluice.streams.knowledge;

import dev.sluice.events.VulnerabilityIntel;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the topic holds of one source, as fingerprints: 300,000 entries of EPSS take some 30 MB
 * while they are compared, and nothing afterwards.
 */
final class KnownEntries {
  private static final Duration STEP = Duration.ofMillis(200);

  private final Map<String, Long> fingerprints = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private boolean brokenOff;

  /** Reads everything that was committed before the call. */
  static KnownEntries read(KafkaSettings kafka, AvroSerdes serdes, String source) {
    KnownEntries known = new KnownEntries();
    String topic = Topics.name(kafka.prefix(), Realm.COMMON, Topics.INTEL);
    byte[] prefix = (source + ':').getBytes(StandardCharsets.UTF_8);
    byte[] loading = (KnowledgePublisher.LOADING + ':' + source).getBytes(StandardCharsets.UTF_8);
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                properties(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Deserializer<VulnerabilityIntel> values = serdes.forTopic(Topics.INTEL).deserializer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(STEP)) {
          if (startsWith(record.key(), prefix)) {
            known.take(record, prefix.length, values);
          } else if (Arrays.equals(record.key(), loading)) {
            known.brokenOff = record.value() != null;
          }
        }
      }
    }
    return known;
  }

  private static Map<String, Object> properties(KafkaSettings kafka) {
    Map<String, Object> properties = new HashMap<>(kafka.properties());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    return properties;
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key != null
        && key.length > prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private void take(
      ConsumerRecord<byte[], byte[]> record, int prefix, Deserializer<VulnerabilityIntel> values) {
    String id =
        new String(record.key(), prefix, record.key().length - prefix, StandardCharsets.UTF_8);
    if (record.value() == null) {
      fingerprints.remove(id);
      return;
    }
    try {
      fingerprints.put(id, fingerprint(values.deserialize(record.topic(), record.value())));
    } catch (SerializationException e) {
      // No instance can read it either; the entry is written anew.
      fingerprints.put(id, 0L);
    }
  }

  /** Whether the last load of the source did not end: not everybody may know what it wrote. */
  boolean isBrokenOff() {
    return brokenOff;
  }

  int size() {
    return fingerprints.size();
  }

  /** What an entry of a document is to what the topic holds. */
  enum Difference {
    SAME,
    NEW,
    CHANGED,
    /** It came before in the same document. */
    REPEATED
  }

  /** Compares an entry, and takes note of it. */
  Difference compare(VulnerabilityIntel entry) {
    if (!seen.add(entry.getVulnerability())) {
      return Difference.REPEATED;
    }
    Long before = fingerprints.get(entry.getVulnerability());
    if (before == null) {
      return Difference.NEW;
    }
    return before == fingerprint(entry) ? Difference.SAME : Difference.CHANGED;
  }

  /** Begins the document again. */
  void rewind() {
    seen.clear();
  }

  /** Ids that the topic holds and the document did not. */
  List<String> missing() {
    return fingerprints.keySet().stream().filter(id -> !seen.contains(id)).sorted().toList();
  }

  private static long fingerprint(VulnerabilityIntel entry) {
    VulnerabilityIntel content = VulnerabilityIntel.newBuilder(entry).build();
    content.setRevision(0);
    content.setLoadedAt(null);
    // EPSS states a rank among all; it moves daily for everybody and decides nothing.
    content.setEpssPercentile(null);
    try {
      byte[] encoded = VulnerabilityIntel.getEncoder().encode(content).array();
      return Hashes.of8(Hashes.hex(encoded));
    } catch (IOException e) {
      throw new UncheckedIOException("a record in memory cannot fail to be written", e);
    }
  }
}
