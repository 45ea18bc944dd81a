package dev.sluice.sinks.runner;

/** A rate limit that allows bursts. Not thread safe. */
final class TokenBucket {
  private final double perNano;
  private final double capacity;
  private double tokens;
  private long filledAt;

  /**
   * @param perSecond tokens a second; 0 is no limit
   * @param burst most tokens that can be saved up, at least 1
   */
  TokenBucket(double perSecond, int burst, long now) {
    this.perNano = perSecond / 1e9;
    this.capacity = burst;
    this.tokens = burst;
    this.filledAt = now;
  }

  boolean tryTake(long now) {
    if (perNano == 0) {
      return true;
    }
    fill(now);
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  /** Nanoseconds until a token can be taken; 0 if one can be now. */
  long untilToken(long now) {
    if (perNano == 0) {
      return 0;
    }
    fill(now);
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perNano);
  }

  private void fill(long now) {
    tokens = Math.min(capacity, tokens + (now - filledAt) * perNano);
    filledAt = now;
  }
}
