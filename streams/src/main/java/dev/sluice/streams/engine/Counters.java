package dev.sluice.streams.engine;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.streams.state.Order.Failing;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.FindingRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.util.Arrays;
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
   * @param was the finding at that time
   * @param now null if it is gone for good
   * @param openedBy what was scanned when it was opened, or null
   * @param claimedBy series that claim it now
   */
  void replace(
      Work work,
      String id,
      FindingRow before,
      Finding was,
      Finding now,
      String openedBy,
      List<Long> claimedBy) {
    boolean counts = now != null && now.getStatus() != FindingStatus.RESOLVED;
    String severity = counts ? now.getSeverity().name() : null;
    String reason = counts ? reason(now) : null;
    if (before != null && before.getCounted()) {
      boolean same =
          counts
              && severity.equals(before.getCountedSeverity())
              && java.util.Objects.equals(reason, before.getCountedReason())
              && claimedBy.equals(before.getClaimedBy())
              && (reason != null || sameGate(was, before.getOpenedBy(), now, openedBy));
      if (same) {
        return;
      }
      for (long series : before.getClaimedBy()) {
        count(work, series, before.getCountedSeverity(), before.getCountedReason(), -1);
        if (before.getCountedReason() == null) {
          state.order().removeFailing(series, id);
        }
      }
    }
    if (counts) {
      for (long series : claimedBy) {
        count(work, series, severity, reason, 1);
        if (reason == null) {
          state.order().putFailing(series, new Failing(id, GateFacts.of(now, openedBy)));
        }
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

  private static boolean sameGate(Finding was, String wasOpenedBy, Finding now, String openedBy) {
    return Arrays.equals(GateFacts.of(was, wasOpenedBy), GateFacts.of(now, openedBy));
  }

  private static String reason(Finding finding) {
    return finding.getDecision().getActionable() ? null : finding.getDecision().getReason();
  }

  private static void count(Work work, long seriesId, String severity, String reason, long more) {
    SeriesRow series = work.seriesToChange(seriesId);
    series.setFindings(series.getFindings() + more);
    add(series.getBySeverity(), severity, more);
    if (reason != null) {
      add(series.getWithheld(), reason, more);
      return;
    }
    series.setActionable(series.getActionable() + more);
  }

  private static void add(Map<String, Long> counts, String name, long more) {
    counts.merge(name, more, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
  }
}
