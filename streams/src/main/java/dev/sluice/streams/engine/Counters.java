package dev.sluice.streams.engine;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.FindingRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.util.List;
import java.util.Map;

/**
 * Counts per series what a verdict says, as findings change, so that a verdict costs nothing for
 * what did not change.
 */
final class Counters {
  private final State state;

  Counters(State state) {
    this.state = state;
  }

  /**
   * A finding is counted anew.
   *
   * @param before as it was counted last, or null
   * @param now null if it is gone for good
   * @param claimedBy series that claim it now
   */
  void replace(Work work, String id, FindingRow before, Finding now, List<Long> claimedBy) {
    boolean counts = now != null && now.getStatus() != FindingStatus.RESOLVED;
    String severity = counts ? now.getSeverity().name() : null;
    String reason = counts ? reason(now) : null;
    if (before != null && before.getCounted()) {
      boolean same =
          counts
              && severity.equals(before.getCountedSeverity())
              && java.util.Objects.equals(reason, before.getCountedReason())
              && claimedBy.equals(before.getClaimedBy());
      if (same) {
        return;
      }
      for (long series : before.getClaimedBy()) {
        count(work, series, id, before.getCountedSeverity(), before.getCountedReason(), -1);
      }
    }
    if (counts) {
      for (long series : claimedBy) {
        count(work, series, id, severity, reason, 1);
      }
    }
  }

  /** Notes in the row how the finding is counted. */
  void copyInto(FindingRow row, Finding now) {
    boolean counts = now.getStatus() != FindingStatus.RESOLVED;
    row.setCounted(counts);
    row.setCountedSeverity(counts ? now.getSeverity().name() : "");
    row.setCountedReason(counts ? reason(now) : null);
  }

  private static String reason(Finding finding) {
    return finding.getDecision().getActionable() ? null : finding.getDecision().getReason();
  }

  private void count(
      Work work, long seriesId, String id, String severity, String reason, long more) {
    SeriesRow series = work.seriesToChange(seriesId);
    series.setFindings(series.getFindings() + more);
    add(series.getBySeverity(), severity, more);
    if (reason != null) {
      add(series.getWithheld(), reason, more);
      return;
    }
    series.setActionable(series.getActionable() + more);
    if (more > 0) {
      state.order().putFailing(seriesId, id);
    } else {
      state.order().removeFailing(seriesId, id);
    }
  }

  private static void add(Map<String, Long> counts, String name, long more) {
    counts.merge(name, more, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
  }
}
