package dev.sluice.sinks.runner;

import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition for as long as this instance owns it. A result that comes after the partition was
 * given away still holds the old claim and changes nothing. Not thread safe.
 */
final class Claim {
  private final TopicPartition partition;
  private final TreeSet<Long> open = new TreeSet<>();
  private long next;
  private long committed;
  private boolean draining;
  private boolean ended;
  private int unsettled;

  /**
   * @param position offset of the first record that will be read
   */
  Claim(TopicPartition partition, long position) {
    this.partition = partition;
    this.next = position;
    this.committed = position;
  }

  TopicPartition partition() {
    return partition;
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

  /** Whether a commit would move the group on. */
  boolean hasProgress() {
    return committable() > committed;
  }

  void committed(long offset) {
    committed = Math.max(committed, offset);
  }

  long lastCommitted() {
    return committed;
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
