package dev.sluice.sinks.runner;

import java.time.Duration;

/**
 * Stops a sink whose receiver fails again and again, and sends one probe after each pause. The
 * pause doubles while probes fail. Not thread safe.
 */
final class CircuitBreaker {
  /** In the order of the metric's value. */
  enum State {
    CLOSED,
    PROBING,
    OPEN
  }

  private final int threshold;
  private final long firstPause;
  private final long longestPause;
  private State state = State.CLOSED;
  private int failures;
  private long pause;
  private long openUntil;

  CircuitBreaker(int threshold, Duration firstPause, Duration longestPause) {
    this.threshold = threshold;
    this.firstPause = firstPause.toNanos();
    this.longestPause = Math.max(this.firstPause, longestPause.toNanos());
  }

  State state() {
    return state;
  }

  /** Nanoseconds until something may start; 0 now, {@code Long.MAX_VALUE} while a probe is out. */
  long untilAllowed(long now) {
    return switch (state) {
      case CLOSED -> 0;
      case PROBING -> Long.MAX_VALUE;
      case OPEN -> Math.max(0, openUntil - now);
    };
  }

  /** Something starts. Only to be called when it is allowed. */
  void started() {
    if (state == State.OPEN) {
      state = State.PROBING;
    }
  }

  /** The receiver answered. Returns whether the breaker was not closed before. */
  boolean succeeded() {
    boolean recovered = state != State.CLOSED;
    state = State.CLOSED;
    failures = 0;
    pause = 0;
    return recovered;
  }

  /** The receiver failed. */
  void failed(long now) {
    failures++;
    if (state == State.PROBING || (state == State.CLOSED && failures >= threshold)) {
      pause = pause == 0 ? firstPause : Math.min(longestPause, pause * 2);
      openUntil = now + pause;
      state = State.OPEN;
    }
  }

  /** A probe was given back without an answer. */
  void abandoned(long now) {
    if (state == State.PROBING) {
      state = State.OPEN;
      openUntil = now;
    }
  }
}
