package dev.sluice.app.topic;

import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The newest value of each key of a topic, read from its beginning and kept up to date by {@link
 * #refresh}. Belongs to one thread. Reads committed records only, and joins no consumer group.
 */
public final class TopicTable<V extends SpecificRecord> implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(100);

  private final KafkaConsumer<String, V> consumer;
  private final List<TopicPartition> partitions;
  private final Map<String, V> rows = new LinkedHashMap<>();
  private Predicate<V> wanted = row -> true;

  private TopicTable(KafkaConsumer<String, V> consumer, List<TopicPartition> partitions) {
    this.consumer = consumer;
    this.partitions = partitions;
  }

  /**
   * Opens a topic at its beginning.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka cannot be reached
   */
  public static <V extends SpecificRecord> TopicTable<V> open(
      KafkaSettings kafka, AvroSerdes serdes, Realm realm, Topic<V> topic) {
    return open(kafka, serdes, realm, topic, null);
  }

  /** The same, of the one partition that holds an asset, in the common realm. */
  public static <V extends SpecificRecord> TopicTable<V> openFor(
      String asset, KafkaSettings kafka, AvroSerdes serdes, Topic<V> topic) {
    return open(kafka, serdes, Realm.COMMON, topic, asset);
  }

  private static <V extends SpecificRecord> TopicTable<V> open(
      KafkaSettings kafka, AvroSerdes serdes, Realm realm, Topic<V> topic, String asset) {
    KafkaConsumer<String, V> consumer =
        new KafkaConsumer<>(
            properties(kafka), new StringDeserializer(), serdes.forTopic(topic).deserializer());
    try {
      String name = Topics.name(kafka.prefix(), realm, topic);
      List<TopicPartition> partitions =
          consumer.partitionsFor(name).stream()
              .map(info -> new TopicPartition(name, info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new UnknownTopicOrPartitionException("there is no topic " + name);
      }
      if (asset != null) {
        int partition = AssetPartitioner.partition(asset, partitions.size());
        partitions = List.of(new TopicPartition(name, partition));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return new TopicTable<>(consumer, partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private static Properties properties(KafkaSettings kafka) {
    Properties properties = new Properties();
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-reader");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
    properties.putAll(kafka.properties());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return properties;
  }

  /** Keeps only rows like these from now on, where a topic is larger than memory. */
  public TopicTable<V> keep(Predicate<V> rows) {
    wanted = rows;
    return this;
  }

  /** Takes in everything that was committed before this call. */
  public TopicTable<V> refresh() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      poll(STEP);
    }
    return this;
  }

  /**
   * Hands over every record that was committed before this call, in the order of each partition,
   * and keeps none: where a topic is larger than memory.
   *
   * @param reader takes a key and its value, null where it was deleted
   */
  public void read(BiConsumer<String, V> reader) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      for (ConsumerRecord<String, V> record : consumer.poll(STEP)) {
        reader.accept(record.key(), record.value());
      }
    }
  }

  /**
   * Waits for news.
   *
   * @return whether anything came within the time
   */
  public boolean poll(Duration patience) {
    boolean news = false;
    for (ConsumerRecord<String, V> record : consumer.poll(patience)) {
      news = true;
      if (record.value() == null || !wanted.test(record.value())) {
        rows.remove(record.key());
      } else {
        rows.put(record.key(), record.value());
      }
    }
    return news;
  }

  public V get(String key) {
    return rows.get(key);
  }

  public Collection<V> values() {
    return rows.values();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
