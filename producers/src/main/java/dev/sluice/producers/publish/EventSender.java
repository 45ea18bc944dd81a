package dev.sluice.producers.publish;

import dev.sluice.events.ScanEvent;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Sends the events of one report in order and knows what is not acknowledged yet. The first failure
 * ends it: with an idempotent producer a later event may still arrive, and then a gap in {@code
 * seq} shows that one is missing.
 */
final class EventSender {
  private final Producer<byte[], byte[]> producer;
  private final long window;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition acknowledged = lock.newCondition();
  private long outstanding;
  private long outstandingBytes;
  private Exception failure;
  private volatile boolean unreachable;

  /**
   * @param window most bytes on their way at once
   * @param patience how long to wait for an acknowledgement; longer than the producer itself does
   */
  EventSender(Producer<byte[], byte[]> producer, long window, Duration patience) {
    this.producer = producer;
    this.window = window;
    this.patience = patience;
  }

  /** Sends one event; waits while too much is on its way. */
  void send(EventRoute route, ScanEvent event, byte[] value) throws PublishStop {
    await(window - value.length);
    transmit(route, event, value);
  }

  /** Sends without waiting for earlier ones or caring for their failures: the last word. */
  void sendLast(EventRoute route, ScanEvent event, byte[] value) {
    if (unreachable) {
      // Sending again would only wait as long again; without an end the attempt does not count.
      return;
    }
    try {
      transmit(route, event, value);
    } catch (PublishStop e) {
      // As above.
    }
  }

  /** Waits until everything sent is acknowledged. */
  void awaitAll() throws PublishStop {
    await(0);
  }

  private void transmit(EventRoute route, ScanEvent event, byte[] value) throws PublishStop {
    Thread caller = Thread.currentThread();
    byte[] key = event.getAsset().getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      outstanding++;
      outstandingBytes += value.length;
    } finally {
      lock.unlock();
    }
    try {
      producer.send(
          new ProducerRecord<>(route.topic(), route.partition(), key, value),
          (metadata, error) -> {
            // The producer gives up in the sender's own thread if it never found Kafka or room.
            unreachable |= Thread.currentThread() == caller && error instanceof TimeoutException;
            done(value.length, error);
          });
    } catch (KafkaException | IllegalStateException e) {
      done(value.length, e);
      throw stop(e);
    }
  }

  private void done(int bytes, Exception error) {
    lock.lock();
    try {
      outstanding--;
      outstandingBytes -= bytes;
      if (failure == null) {
        failure = error;
      }
      acknowledged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(long mayRemain) throws PublishStop {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (failure == null && outstanding > 0 && outstandingBytes > Math.max(0, mayRemain)) {
        if (left <= 0) {
          throw new PublishStop(
              new Unavailable("Kafka did not acknowledge in time; send it again"));
        }
        left = acknowledged.awaitNanos(left);
      }
      if (failure != null) {
        throw stop(failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishStop(new Unavailable("the publisher is being stopped; send it again"));
    } finally {
      lock.unlock();
    }
  }

  private static PublishStop stop(Exception failure) {
    if (failure instanceof InterruptException) {
      return new PublishStop(new Unavailable("the publisher is being stopped; send it again"));
    }
    return new PublishStop(new Unavailable(KafkaTrouble.describe(failure)));
  }
}
