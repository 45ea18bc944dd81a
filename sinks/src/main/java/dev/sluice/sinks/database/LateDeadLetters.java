package dev.sluice.sinks.database;

import dev.sluice.sinks.runner.DeadLetters;
import dev.sluice.sinks.runner.KafkaDeadLetters;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;

/** Dead letters whose producer is made for the first of them: most processes never need it. */
final class LateDeadLetters implements DeadLetters, AutoCloseable {
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final String step;
  private final String topic;
  private Producer<byte[], byte[]> producer;

  LateDeadLetters(Supplier<Producer<byte[], byte[]>> producers, String step, String topic) {
    this.producers = producers;
    this.step = step;
    this.topic = topic;
  }

  @Override
  public CompletableFuture<Void> bury(
      ConsumerRecord<byte[], byte[]> record, String error, Instant at) {
    if (producer == null) {
      producer = producers.get();
    }
    return new KafkaDeadLetters(step, topic, producer).bury(record, error, at);
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(5));
    }
  }
}
