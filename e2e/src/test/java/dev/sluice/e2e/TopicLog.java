package dev.sluice.e2e;

import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** What is on topics, as any other consumer sees it. */
final class TopicLog {
  private final SluiceSettings settings;
  private final AvroSerdes serdes;

  TopicLog(Installation installation) {
    this.settings = installation.settings();
    this.serdes = installation.serdes();
  }

  /** Every committed value of a topic of the common realm, partition by partition. */
  <V extends SpecificRecord> List<V> values(Topic<V> topic) {
    return values(Realm.COMMON, topic);
  }

  <V extends SpecificRecord> List<V> values(Realm realm, Topic<V> topic) {
    String name = Topics.name(settings.kafka().prefix(), realm, topic);
    Deserializer<V> decoder = serdes.forTopic(topic).deserializer();
    return read(name, "read_committed").stream()
        .map(record -> decoder.deserialize(name, record.value()))
        .filter(Objects::nonNull)
        .toList();
  }

  /** The last value of each key, in the order in which they came up. */
  <V extends SpecificRecord> Map<String, V> table(Topic<V> topic) {
    String name = Topics.name(settings.kafka().prefix(), Realm.COMMON, topic);
    Deserializer<V> decoder = serdes.forTopic(topic).deserializer();
    Map<String, V> table = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read(name, "read_committed")) {
      table.put(new String(record.key()), decoder.deserialize(name, record.value()));
    }
    table.values().removeIf(Objects::isNull);
    return table;
  }

  List<ConsumerRecord<byte[], byte[]>> deadLetters(Realm realm) {
    return read(Topics.deadLetters(settings.kafka().prefix(), realm), "read_committed");
  }

  /** How far a topic has been written, transactions that are not committed included. */
  long written(Topic<?> topic) {
    String name = Topics.name(settings.kafka().prefix(), Realm.COMMON, topic);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
      return consumer.endOffsets(partitions(consumer, name)).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    }
  }

  /** Everything up to where the topic ends now. */
  private List<ConsumerRecord<byte[], byte[]>> read(String topic, String isolation) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(isolation)) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (!partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrapServers());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
