package dev.sluice.sinks.runner;

import java.time.Duration;

/** Whether deliveries may start. Not thread safe. */
final class Gate {
  /**
   * How long after a poll deliveries may start. A process that slept longer may have lost its
   * partitions without knowing.
   */
  static final Duration LEASE = Duration.ofSeconds(10);

  private long leaseUntil;
  private boolean paused;
  private boolean gone;
  private boolean closed;
  private String trouble = "";

  Gate(long now) {
    this.leaseUntil = now;
  }

  /** The group knew us just now. */
  void renew(long now) {
    leaseUntil = now + LEASE.toNanos();
  }

  void pause(boolean now) {
    paused = now;
  }

  boolean isPaused() {
    return paused;
  }

  /** What went wrong last, for people. */
  void trouble(String reason) {
    trouble = reason;
  }

  String trouble() {
    return trouble;
  }

  /** The receiver wants nothing any more. */
  void gone() {
    gone = true;
  }

  boolean isGone() {
    return gone;
  }

  /** The process ends. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether somebody said that nothing is to be sent. */
  boolean isStopped() {
    return paused || gone;
  }

  boolean isOpen(long now) {
    return !isStopped() && !closed && now - leaseUntil < 0;
  }
}
