package dev.sluice.sinks.runner;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a pause is drawn evenly from zero to the bound, so that
 * many items that failed together do not come back together.
 */
final class Backoff {
  private final long firstNanos;
  private final long longestNanos;
  private final RandomGenerator random;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.firstNanos = first.toNanos();
    this.longestNanos = Math.max(first.toNanos(), longest.toNanos());
    this.random = random;
  }

  /** Nanoseconds to wait after this many failures, counted from 1. */
  long pause(int failures) {
    return random.nextLong(bound(failures) + 1);
  }

  /** The longest that {@link #pause} can be. */
  long bound(int failures) {
    int doublings = Math.min(failures - 1, 40);
    long factor = 1L << doublings;
    return firstNanos > longestNanos / factor ? longestNanos : firstNanos * factor;
  }
}
