package dev.sluice.streams.rules.scan;

import java.time.Duration;

/**
 * From when on a scan is suspicious.
 *
 * @param gonePercent more than this share of the claims gone, 0 to 100, and …
 * @param goneAtLeast … at least this many
 * @param databaseOlderThan age of the scanner's database; null does not look at it
 */
public record SuspicionThresholds(int gonePercent, int goneAtLeast, Duration databaseOlderThan) {

  /** More than 20 % and at least 10 claims gone; a database older than 7 days. */
  public static final SuspicionThresholds DEFAULTS =
      new SuspicionThresholds(20, 10, Duration.ofDays(7));

  public SuspicionThresholds {
    if (gonePercent < 0 || gonePercent > 100 || goneAtLeast < 1) {
      throw new IllegalArgumentException("gonePercent must be 0 to 100 and goneAtLeast at least 1");
    }
  }
}
