package dev.sluice.sinks;

import dev.sluice.settings.Setting;
import java.time.Duration;

/** When and how often a sink tries again, at {@code sinks.NAME.retry}. */
public record RetrySettings(
    @Setting(
            value = "1s",
            doc = "First pause of an item; it doubles with each attempt, with full jitter.")
        Duration firstPause,
    @Setting(value = "5m", doc = "Longest pause of an item between two attempts.")
        Duration longestPause,
    @Setting(
            value = "25",
            doc =
                "Attempts before an item's event goes to the dead letters. Attempts do not count while the whole sink is failing.")
        int attempts,
    @Setting(value = "1h", doc = "Longest Retry-After that is honoured.")
        Duration longestRetryAfter,
    @Setting(value = "10", doc = "Failures in a row after which the sink pauses as a whole.")
        int breakerFailures,
    @Setting(
            value = "5s",
            doc =
                "First pause of the whole sink, then one probe; it doubles while the probe fails.")
        Duration breakerPause,
    @Setting(value = "2m", doc = "Longest pause of the whole sink between two probes.")
        Duration breakerLongestPause) {

  public RetrySettings {
    positive("first-pause", firstPause);
    positive("longest-pause", longestPause);
    positive("longest-retry-after", longestRetryAfter);
    positive("breaker-pause", breakerPause);
    positive("breaker-longest-pause", breakerLongestPause);
    if (attempts < 1 || breakerFailures < 1) {
      throw new IllegalArgumentException("attempts and breaker-failures must be at least 1");
    }
  }

  private static void positive(String key, Duration value) {
    if (value == null || value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(key + " must be more than 0");
    }
  }
}
