package dev.sluice.sinks.runner;

import dev.sluice.topics.DeadLetterHeaders;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Writes dead letters with the original key and bytes; headers say where they are from and why. */
public final class KafkaDeadLetters implements DeadLetters {

  private final String step;
  private final String topic;
  private final Producer<byte[], byte[]> producer;

  /**
   * @param step where in Sluice, for example {@code sink:audit}
   * @param topic the dead-letter topic on the broker
   */
  public KafkaDeadLetters(String step, String topic, Producer<byte[], byte[]> producer) {
    this.step = step;
    this.topic = topic;
    this.producer = producer;
  }

  @Override
  public CompletableFuture<Void> bury(
      ConsumerRecord<byte[], byte[]> record, String error, Instant at) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    send(letter(record, record.value(), error, at), done, () -> sendHead(record, error, at, done));
    return done;
  }

  /** Where even the dead letters refuse the size: coordinates and reason without the value. */
  private void sendHead(
      ConsumerRecord<byte[], byte[]> record,
      String error,
      Instant at,
      CompletableFuture<Void> done) {
    String omitted = error + " (value omitted: too large for " + topic + ")";
    send(
        letter(record, null, omitted, at),
        done,
        () -> done.completeExceptionally(new RecordTooLargeException(topic)));
  }

  private void send(
      ProducerRecord<byte[], byte[]> letter, CompletableFuture<Void> done, Runnable tooLarge) {
    try {
      producer.send(
          letter,
          (metadata, problem) -> {
            if (problem == null) {
              done.complete(null);
            } else if (problem instanceof RecordTooLargeException) {
              tooLarge.run();
            } else {
              done.completeExceptionally(problem);
            }
          });
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private ProducerRecord<byte[], byte[]> letter(
      ConsumerRecord<byte[], byte[]> record, byte[] value, String error, Instant at) {
    ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(topic, record.key(), value);
    record.headers().forEach(letter.headers()::add);
    DeadLetterHeaders.put(
        letter.headers(), record.topic(), record.partition(), record.offset(), step, error, at);
    return letter;
  }
}
