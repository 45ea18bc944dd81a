package dev.sluice.streams.engine;

import dev.sluice.streams.rules.finding.Resolution;
import dev.sluice.streams.state.row.SeriesRow;

/** What a series claims holds nothing open once nobody runs it, or what it looked at, any more. */
final class Retirement {
  private Retirement() {}

  /** Why the series keeps nothing open, or null. */
  static String of(Work work, SeriesRow series) {
    if (work.profile != null && work.profile.getRetired()) {
      return Resolution.ASSET_RETIRED;
    }
    return series.getRetired() ? series.getRetiredWhy() : null;
  }
}
