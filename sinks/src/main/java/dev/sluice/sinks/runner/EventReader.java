package dev.sluice.sinks.runner;

import dev.sluice.events.ActionEvent;
import dev.sluice.topics.AssetPartitioner;
import java.io.EOFException;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads a record as an action event, and says why it is none. */
final class EventReader {
  private final Deserializer<ActionEvent> decoder;
  private final int partitions;

  /**
   * @param partitions how many the topic has
   */
  EventReader(Deserializer<ActionEvent> decoder, int partitions) {
    this.decoder = decoder;
    this.partitions = partitions;
  }

  /** Not an action event of this partition; the message is for the dead letters. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  /**
   * Reads one.
   *
   * @throws RuntimeException if the registry cannot be asked: the record may be good
   */
  ActionEvent read(ConsumerRecord<byte[], byte[]> record) throws UnreadableException {
    if (record.value() == null) {
      throw new UnreadableException("the record has no value");
    }
    ActionEvent event;
    try {
      event = decoder.deserialize(record.topic(), record.headers(), record.value());
    } catch (RuntimeException e) {
      if (isOutage(e)) {
        // The bytes may be good: start anew rather than bury every event of a registry's outage.
        throw e;
      }
      throw new UnreadableException("not an action event: " + e.getMessage());
    }
    int right = AssetPartitioner.partition(event.getItem().getAsset(), partitions);
    if (right != record.partition()) {
      throw new UnreadableException("in partition %d, not %d".formatted(record.partition(), right));
    }
    return event;
  }

  private static boolean isOutage(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException
          || (cause instanceof IOException && !(cause instanceof EOFException))) {
        return true;
      }
    }
    return false;
  }
}
