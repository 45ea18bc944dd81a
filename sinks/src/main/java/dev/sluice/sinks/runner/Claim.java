package dev.sluice.sinks.runner;

import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition for as long as this instance owns it. A result that comes after the partition was
 * given away still holds the old claim and changes nothing. Not thread safe.
 */
final class Claim {
  private final TopicPartition partition;
  private final TreeSet<Long> open = new TreeSet<>();
  private final Owed owed = new Owed();
  private long next;
  private OffsetAndMetadata committed;
  private long catchUpTo;
  private boolean draining;
  private boolean ended;
  private int unsettled;

  /**
   * @param position offset of the first record that will be read
   */
  Claim(TopicPartition partition, long position) {
    this(partition, new OffsetAndMetadata(position));
  }

  /**
   * @param committed where the group stands, and what is owed besides
   */
  Claim(TopicPartition partition, OffsetAndMetadata committed) {
    this.partition = partition;
    this.next = committed.offset();
    this.committed = committed;
    owed.recall(committed.metadata());
  }

  TopicPartition partition() {
    return partition;
  }

  Owed owed() {
    return owed;
  }

  /** Events before this offset are so many that the items' states are sent in their place. */
  void catchUpTo(long offset) {
    catchUpTo = offset;
  }

  boolean isCatchingUp(long offset) {
    return offset < catchUpTo;
  }

  /** A record was read. Offsets come in ascending order, with gaps where transactions ended. */
  void read(long offset) {
    open.add(offset);
    next = offset + 1;
  }

  /** All that was to be done for a record is done and durable. */
  void finished(long offset) {
    open.remove(offset);
  }

  /** The offset up to which everything is finished. */
  long committable() {
    return open.isEmpty() ? next : open.first();
  }

  /** What a commit would say. */
  OffsetAndMetadata progress() {
    return new OffsetAndMetadata(committable(), owed.metadata());
  }

  /** Whether a commit would say anything new. */
  boolean hasProgress() {
    return committable() > committed.offset() || !owed.metadata().equals(committed.metadata());
  }

  void committed(OffsetAndMetadata offset) {
    if (offset.offset() >= committed.offset()) {
      committed = offset;
    }
  }

  long lastCommitted() {
    return committed.offset();
  }

  /** Work is under way that may still end well: a delivery, or an acknowledgement to come. */
  void begin() {
    unsettled++;
  }

  void end() {
    unsettled--;
  }

  boolean isSettled() {
    return unsettled == 0;
  }

  /** Nothing new may start. */
  void drain() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }

  /** The partition belongs to somebody else. */
  void close() {
    draining = true;
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }
}
