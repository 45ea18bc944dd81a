package dev.sluice.streams.engine;

import dev.sluice.events.AssetProfile;
import dev.sluice.events.ExpectedScan;
import dev.sluice.streams.rules.finding.Resolution;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.SeriesRow;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a series claims holds nothing open once nobody runs it, or what it looked at, any more. The
 * next scan of the series brings it back.
 */
final class Retirement {
  private Retirement() {}

  /** Why the series keeps nothing open, or null. */
  static String of(Work work, SeriesRow series) {
    if (work.profile != null && work.profile.getRetired()) {
      return Resolution.ASSET_RETIRED;
    }
    if (work.profile != null && work.profile.getRetiredScanners().contains(series.getScanner())) {
      return Resolution.SCANNER_RETIRED;
    }
    return series.getRetired() ? series.getRetiredWhy() : null;
  }

  /**
   * Retires what was scanned on a line that ended; an asset's base line never does.
   *
   * @return whether anything was
   */
  static boolean retireLine(State state, Work work, String line) {
    if (work.profile != null && line.equals(work.profile.getBaseLine())) {
      return false;
    }
    boolean any = false;
    for (SeriesRow row : state.facts().allSeries(work.key)) {
      if (row.getLine().equals(line) && !row.getRetired()) {
        retire(work.seriesToChange(row.getSeriesId()), Resolution.LINE_ENDED);
        any = true;
      }
    }
    return any;
  }

  /**
   * Retires scanners that a team no longer expects of an asset. A list that is empty now says
   * nothing: it may just not be kept any more.
   */
  static void retireScanners(State state, long asset, AssetProfile before, AssetProfile now) {
    if (before == null || now == null || now.getExpected().isEmpty()) {
      return;
    }
    Set<String> dropped = new TreeSet<>(expected(before));
    dropped.removeAll(expected(now));
    Set<String> added = new TreeSet<>(expected(now));
    added.removeAll(expected(before));
    for (SeriesRow row : state.facts().allSeries(asset)) {
      boolean back =
          added.contains(row.getScanner())
              && Resolution.SCANNER_RETIRED.equals(row.getRetiredWhy());
      if (back) {
        revive(row);
        state.facts().putSeries(asset, row);
      } else if (dropped.contains(row.getScanner()) && !row.getRetired()) {
        retire(row, Resolution.SCANNER_RETIRED);
        state.facts().putSeries(asset, row);
      }
    }
  }

  /** Notes that the series is run again; returns whether it was retired. */
  static boolean revive(SeriesRow series) {
    boolean retired = series.getRetired();
    series.setRetired(false);
    series.setRetiredWhy(null);
    return retired;
  }

  private static void retire(SeriesRow series, String why) {
    series.setRetired(true);
    series.setRetiredWhy(why);
  }

  private static Set<String> expected(AssetProfile profile) {
    return profile.getExpected().stream()
        .map(ExpectedScan::getScanner)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
