package dev.sluice.producers.gateway;

import dev.sluice.registry.RegistryUnavailableException;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a topic without a consumer group: every gateway sees every record. It begins a bounded
 * number of records before the end, and again there after a failure.
 */
final class TopicTail<V extends SpecificRecord> implements AutoCloseable, Readiness {
  private static final Logger log = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ASK = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** All of a topic, however long. */
  static final int ALL = Integer.MAX_VALUE;

  /** Takes what was read, in the order of each partition; for the thread of the tail alone. */
  interface Follower<V> {
    void put(String key, V value);

    void remove(String key);
  }

  private final KafkaSettings kafka;
  private final Topic<V> source;
  private final Deserializer<V> deserializer;
  private final Follower<V> follower;
  private final int window;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile Consumer<byte[], byte[]> current;

  /** Whether it was said already; for the thread alone. */
  private boolean away;

  private volatile String missing = "the gateway has not reached Kafka yet; try again";

  private TopicTail(
      KafkaSettings kafka, AvroSerdes serdes, Topic<V> source, Follower<V> follower, int window) {
    this.kafka = kafka;
    this.source = source;
    this.deserializer = serdes.forTopic(source).deserializer();
    this.follower = follower;
    this.window = window;
    this.thread = new Thread(this::run, "gateway-" + source.name());
    this.thread.setDaemon(true);
  }

  static <V extends SpecificRecord> TopicTail<V> start(
      KafkaSettings kafka, AvroSerdes serdes, Topic<V> source, Follower<V> follower, int window) {
    TopicTail<V> tail = new TopicTail<>(kafka, serdes, source, follower, window);
    tail.thread.start();
    return tail;
  }

  @Override
  public Optional<String> missing() {
    return Optional.ofNullable(missing);
  }

  private void run() {
    try {
      do {
        follow();
      } while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    String topic = Topics.name(kafka.prefix(), Realm.COMMON, source);
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      current = consumer;
      Map<TopicPartition, Long> ends = seek(consumer, topic);
      away = false;
      Duration quiet = Duration.ZERO;
      while (stop.getCount() > 0) {
        var records = consumer.poll(POLL);
        records.forEach(this::take);
        if (missing != null
            && ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
          missing = null; // everything that was there when it began has been taken
        }
        quiet = records.isEmpty() ? quiet.plus(POLL) : Duration.ZERO;
        if (quiet.compareTo(ASK) >= 0) {
          // A poll of a broker that is away is silent; a question is not.
          quiet = Duration.ZERO;
          consumer.endOffsets(consumer.assignment(), ASK);
        }
      }
    } catch (WakeupException e) {
      // Asked to stop.
    } catch (KafkaException | IllegalStateException e) {
      boolean news = !away && stop.getCount() > 0;
      away = true;
      missing =
          e instanceof RegistryUnavailableException
              ? "the Schema Registry at registry.url does not answer"
              : "Kafka at kafka.bootstrap-servers does not answer, or " + topic + " is not there";
      if (news) {
        log.atWarn()
            .addKeyValue("topic", topic)
            .addKeyValue("error", e.getClass().getSimpleName())
            .log("A topic cannot be read now");
      }
    } finally {
      current = null;
    }
  }

  private Map<TopicPartition, Long> seek(Consumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, ASK).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("no such topic");
    }
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, ASK);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ASK);
    ends.forEach((tp, end) -> consumer.seek(tp, Math.max(begins.get(tp), end - window)));
    return ends;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      if (record.key() != null) {
        follower.remove(new String(record.key(), StandardCharsets.UTF_8));
      }
      return;
    }
    try {
      follower.put(
          new String(record.key(), StandardCharsets.UTF_8),
          deserializer.deserialize(record.topic(), record.value()));
    } catch (RegistryUnavailableException e) {
      // Not this record's fault: it is read again once the registry answers.
      throw e;
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("topic", record.topic())
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("error", e.getClass().getSimpleName())
          .log("A record cannot be read and is passed over");
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> config = new HashMap<>(kafka.properties());
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-gateway-" + source.name());
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 << 20);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 256 << 10);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    stop.countDown();
    Consumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(ASK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deserializer.close();
  }
}
