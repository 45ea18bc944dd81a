package dev.sluice.sinks.runner;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where records go that cannot be delivered. */
public interface DeadLetters {
  /**
   * Keeps a record with the reason; the future completes once it is durable.
   *
   * @param error one sentence, without payload or credentials
   */
  CompletableFuture<Void> bury(ConsumerRecord<byte[], byte[]> record, String error, Instant at);
}
