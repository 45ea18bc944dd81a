package dev.sluice.app.topic;

import dev.sluice.events.Completeness;
import dev.sluice.events.ScanVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Suspicious scans that wait to be confirmed: of each series the last scan, if that is suspicious.
 */
public final class HeldScans {
  private static final Set<Completeness> COUNTS =
      Set.of(Completeness.COMPLETE, Completeness.SUSPICIOUS);

  private record Series(String asset, String unit, String line, String series) {}

  private HeldScans() {}

  /** Those among the verdicts, the oldest first. */
  public static List<ScanVerdict> among(Collection<ScanVerdict> verdicts) {
    Map<Series, ScanVerdict> last = new HashMap<>();
    for (ScanVerdict verdict : verdicts) {
      if (COUNTS.contains(verdict.getCompleteness())) {
        Series series =
            new Series(
                verdict.getAsset(), verdict.getUnit(), verdict.getLine(), verdict.getSeries());
        last.merge(series, verdict, (a, b) -> at(b).isBefore(at(a)) ? a : b);
      }
    }
    List<ScanVerdict> held = new ArrayList<>(last.values());
    held.removeIf(verdict -> verdict.getCompleteness() != Completeness.SUSPICIOUS);
    held.sort(Comparator.comparing(HeldScans::at).thenComparing(ScanVerdict::getScanId));
    return held;
  }

  private static Instant at(ScanVerdict verdict) {
    return verdict.getDecidedAt() == null ? Instant.EPOCH : verdict.getDecidedAt();
  }
}
