package dev.sluice.producers.gateway;

import dev.sluice.events.ScanVerdict;
import dev.sluice.registry.RegistryUnavailableException;
import dev.sluice.settings.KafkaSettings;
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
 * Follows {@code scans.v1} into a {@link Recall}, without a consumer group: every gateway sees
 * every verdict. It begins a bounded number of records before the end, and again there after a
 * failure.
 */
final class VerdictTail implements AutoCloseable, Readiness {
  private static final Logger log = LoggerFactory.getLogger(VerdictTail.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ASK = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KafkaSettings kafka;
  private final Deserializer<ScanVerdict> deserializer;
  private final Recall recall;
  private final int window;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile Consumer<byte[], byte[]> current;

  /** Whether it was said already; for the thread alone. */
  private boolean away;

  private volatile String missing = "the gateway has not reached Kafka yet; try again";

  private VerdictTail(
      KafkaSettings kafka, Deserializer<ScanVerdict> deserializer, Recall recall, int window) {
    this.kafka = kafka;
    this.deserializer = deserializer;
    this.recall = recall;
    this.window = window;
    this.thread = new Thread(this::run, "gateway-verdicts");
    this.thread.setDaemon(true);
  }

  static VerdictTail start(
      KafkaSettings kafka, Deserializer<ScanVerdict> deserializer, Recall recall, int window) {
    VerdictTail tail = new VerdictTail(kafka, deserializer, recall, window);
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
    String topic = Topics.name(kafka.prefix(), Realm.COMMON, Topics.SCANS);
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      current = consumer;
      seek(consumer, topic);
      missing = null;
      away = false;
      Duration quiet = Duration.ZERO;
      while (stop.getCount() > 0) {
        var records = consumer.poll(POLL);
        records.forEach(this::take);
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
            .log("Verdicts cannot be read now");
      }
    } finally {
      current = null;
    }
  }

  private void seek(Consumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, ASK).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("no such topic");
    }
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, ASK);
    consumer
        .endOffsets(partitions, ASK)
        .forEach((tp, end) -> consumer.seek(tp, Math.max(begins.get(tp), end - window)));
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      if (record.key() != null) {
        recall.forgotten(new String(record.key(), StandardCharsets.UTF_8));
      }
      return;
    }
    try {
      recall.decided(deserializer.deserialize(record.topic(), record.value()));
    } catch (RegistryUnavailableException e) {
      // Not this verdict's fault: it is read again once the registry answers.
      throw e;
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("topic", record.topic())
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("error", e.getClass().getSimpleName())
          .log("A verdict cannot be read and is passed over");
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> config = new HashMap<>(kafka.properties());
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-gateway-verdicts");
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
