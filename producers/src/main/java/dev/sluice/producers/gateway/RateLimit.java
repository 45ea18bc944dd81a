package dev.sluice.producers.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * So many requests a minute for each caller, with as many at once: a token bucket. There are as
 * many buckets as tokens and webhooks that were used. For many threads.
 */
final class RateLimit {
  private static final double NANOS_A_MINUTE = 60e9;

  private final int perMinute;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets = new HashMap<>();

  /**
   * @param nanos a monotonic clock
   */
  RateLimit(int perMinute, LongSupplier nanos) {
    this.perMinute = perMinute;
    this.nanos = nanos;
  }

  /**
   * Counts a request.
   *
   * @throws ProblemException if it is one too many; it says when there is room again
   */
  void count(String name) {
    long now = nanos.getAsLong();
    double missing;
    synchronized (this) {
      Bucket bucket = buckets.computeIfAbsent(name, any -> new Bucket(perMinute, now));
      missing = bucket.take(now);
    }
    if (missing > 0) {
      int seconds = (int) Math.ceil(missing * 60 / perMinute);
      throw new ProblemException(
          Problem.busy(
              "this token made more than "
                  + perMinute
                  + " requests in a minute; go on after the time in Retry-After, wait for verdicts"
                  + " with ?wait=60s, or raise gateway.max-requests-per-minute",
              Math.max(1, seconds)));
    }
  }

  private final class Bucket {
    private double left;
    private long at;

    Bucket(double left, long at) {
      this.left = left;
      this.at = at;
    }

    /** Takes one; otherwise says how much is missing. */
    double take(long now) {
      left = Math.min(perMinute, left + (now - at) / NANOS_A_MINUTE * perMinute);
      at = now;
      if (left < 1) {
        return 1 - left;
      }
      left--;
      return 0;
    }
  }
}
