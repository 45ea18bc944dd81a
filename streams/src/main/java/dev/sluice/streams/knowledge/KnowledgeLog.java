package dev.sluice.streams.knowledge;

import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Records of reference data on their way to the broker, acknowledged by all replicas. */
final class KnowledgeLog implements AutoCloseable {
  /**
   * One that was killed leaves its transaction open, and readers wait behind it: not for longer
   * than this.
   */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final KafkaSettings kafka;
  private final AvroSerdes serdes;
  private final Map<String, Serializer<?>> serializers = new HashMap<>();
  private Producer<byte[], byte[]> plain;
  private Producer<byte[], byte[]> atomic;
  private List<Future<RecordMetadata>> together;

  KnowledgeLog(KafkaSettings kafka, AvroSerdes serdes) {
    this.kafka = kafka;
    this.serdes = serdes;
  }

  KafkaSettings kafka() {
    return kafka;
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
    properties.putAll(kafka.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    return properties;
  }

  private static Producer<byte[], byte[]> producer(Map<String, Object> properties) {
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Producer<byte[], byte[]> plain() {
    if (plain == null) {
      plain = producer(properties());
    }
    return plain;
  }

  /**
   * Writes all of it or nothing: nobody sees a part of it, also when this process is killed. Once
   * this returns, everybody sees it.
   *
   * @param writes what to write, with {@link #write} and {@link #send}
   */
  void together(Runnable writes) {
    if (together != null) {
      writes.run(); // within what is written together already
      return;
    }
    if (atomic == null) {
      Map<String, Object> properties = properties();
      properties.put(
          ProducerConfig.TRANSACTIONAL_ID_CONFIG, "sluice-knowledge-" + UUID.randomUUID());
      properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) LONGEST.toMillis());
      atomic = producer(properties);
      atomic.initTransactions();
    }
    List<Future<RecordMetadata>> written;
    together = new ArrayList<>();
    atomic.beginTransaction();
    try {
      writes.run();
      await(atomic, together);
      atomic.commitTransaction();
      written = List.copyOf(together);
    } catch (RuntimeException e) {
      abort(e);
      throw e;
    } finally {
      together = null;
    }
    Visibility.await(kafka, written);
  }

  private void abort(RuntimeException because) {
    try {
      atomic.abortTransaction();
    } catch (KafkaException e) {
      because.addSuppressed(e); // the broker ends it
    }
  }

  /** Writes a record. */
  <V extends SpecificRecord> void write(Topic<V> topic, String key, V value) {
    write(topic, null, key, value);
  }

  <V extends SpecificRecord> void write(Topic<V> topic, Integer partition, String key, V value) {
    await(List.of(send(topic, partition, key, value)));
  }

  /**
   * Sends a record, which is there once it was waited for.
   *
   * @param partition null leaves the choice to the key
   * @param value null takes the key away
   */
  <V extends SpecificRecord> Future<RecordMetadata> send(
      Topic<V> topic, Integer partition, String key, V value) {
    String name = Topics.name(kafka.prefix(), Realm.COMMON, topic);
    byte[] bytes = value == null ? null : serializer(topic).serialize(name, value);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(name, partition, key.getBytes(StandardCharsets.UTF_8), bytes);
    if (together == null) {
      return plain().send(record);
    }
    Future<RecordMetadata> sent = atomic.send(record);
    together.add(sent);
    return sent;
  }

  @SuppressWarnings("unchecked") // put under the topic whose values it writes
  private <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic) {
    return (Serializer<V>)
        serializers.computeIfAbsent(topic.name(), name -> serdes.forTopic(topic).serializer());
  }

  /** Waits for records; within {@link #together} they are waited for at its end. */
  void await(List<Future<RecordMetadata>> sent) {
    if (together == null && !sent.isEmpty()) {
      await(plain(), sent);
    }
  }

  private static void await(Producer<?, ?> producer, List<Future<RecordMetadata>> sent) {
    producer.flush();
    for (Future<RecordMetadata> future : sent) {
      try {
        future.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KafkaException("interrupted while loading reference data", e);
      } catch (ExecutionException e) {
        throw new KafkaException("reference data could not be written", e.getCause());
      }
    }
  }

  /** Waits for what is on its way, whatever came of it. */
  void flush() {
    if (plain != null) {
      plain.flush();
    }
  }

  @Override
  public void close() {
    if (plain != null) {
      plain.close();
    }
    if (atomic != null) {
      atomic.close(CLOSING);
    }
  }
}
