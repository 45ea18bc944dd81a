package dev.sluice.streams.generation;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.BrokerUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Remembers which fingerprint a generation was started with, in a topic beside its changelogs: one
 * partition, kept for good. The first record is the one that counts, whoever else wrote at the same
 * moment.
 */
final class FingerprintLog {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaSettings kafka;
  private final Broker broker;

  FingerprintLog(KafkaSettings kafka, Broker broker) {
    this.kafka = kafka;
    this.broker = broker;
  }

  /**
   * The one that a generation lives by: what was written first, and this one if nothing was.
   *
   * @throws BrokerUnavailableException if the broker does not answer
   */
  Fingerprint settle(Generation generation, Fingerprint own) {
    String topic = generation.fingerprints();
    if (broker.describe(List.of(topic)).isEmpty()) {
      create(topic);
    }
    Optional<Fingerprint> first = first(topic);
    if (first.isPresent()) {
      return first.get();
    }
    write(topic, own);
    return first(topic).orElse(own);
  }

  private void create(String topic) {
    try {
      broker.create(
          List.of(
              new NewTopic(topic, 1, (short) kafka.replication())
                  .configs(Map.of("cleanup.policy", "delete", "retention.ms", "-1"))));
    } catch (TopicExistsException e) {
      // Another instance starts at the same moment.
    }
  }

  private Optional<Fingerprint> first(String topic) {
    Properties properties = properties();
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      reader.assign(List.of(partition));
      reader.seekToBeginning(List.of(partition));
      long end = reader.endOffsets(List.of(partition), PATIENCE).get(partition);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (reader.position(partition, PATIENCE) < end) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(200))) {
          return Optional.of(new Fingerprint(new String(record.value(), StandardCharsets.UTF_8)));
        }
        if (System.nanoTime() - deadline > 0) {
          throw unavailable("read " + topic, null);
        }
      }
      return Optional.empty();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw unavailable("read " + topic, e);
    }
  }

  private void write(String topic, Fingerprint fingerprint) {
    Properties properties = properties();
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    try (KafkaProducer<byte[], byte[]> writer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] text = fingerprint.text().getBytes(StandardCharsets.UTF_8);
      writer.send(new ProducerRecord<>(topic, 0, null, text)).get();
    } catch (InterruptedException e) {
      throw new InterruptException("Interrupted while writing to " + topic, e);
    } catch (ExecutionException e) {
      throw unavailable("write to " + topic, e.getCause());
    } catch (KafkaException e) {
      throw unavailable("write to " + topic, e);
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, kafka.prefix() + "sluice-generations");
    return properties;
  }

  private BrokerUnavailableException unavailable(String purpose, Throwable cause) {
    return new BrokerUnavailableException(
        "Cannot "
            + purpose
            + " at "
            + kafka.bootstrapServers()
            + ": "
            + (cause == null ? "no answer" : cause.getMessage()),
        cause);
  }
}
