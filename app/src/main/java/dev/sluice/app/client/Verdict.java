package dev.sluice.app.client;

import dev.sluice.events.ScanVerdict;
import dev.sluice.events.SeverityCounts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the policy says about one scan: the part of {@link ScanVerdict} that a pipeline is shown.
 *
 * @param outcome PASS, FAIL, CANNOT_KNOW or UNKNOWN
 * @param completeness COMPLETE, REPEATED, SUSPICIOUS, …
 * @param reason why, in one sentence
 * @param bySeverity findings of the scan by severity, the policy's withheld ones too: {@code
 *     critical}, {@code high}, …
 * @param failing finding ids that fail the gate, at most 100
 */
public record Verdict(
    String outcome,
    String completeness,
    String reason,
    long observations,
    long findings,
    long newFindings,
    long fixedFindings,
    long actionable,
    Map<String, Long> bySeverity,
    Map<String, Long> withheld,
    List<String> failing,
    long failingCount) {

  public Verdict {
    bySeverity = new TreeMap<>(bySeverity);
    withheld = new TreeMap<>(withheld);
    failing = List.copyOf(failing);
  }

  public static Verdict of(ScanVerdict verdict) {
    return new Verdict(
        verdict.getOutcome().name(),
        verdict.getCompleteness().name(),
        verdict.getReason(),
        verdict.getObservations(),
        verdict.getFindings(),
        verdict.getNewFindings(),
        verdict.getFixedFindings(),
        verdict.getActionable(),
        bySeverity(verdict.getBySeverity()),
        verdict.getWithheld(),
        verdict.getFailing(),
        verdict.getFailingCount());
  }

  private static Map<String, Long> bySeverity(SeverityCounts counts) {
    return Map.of(
        "critical", (long) counts.getCritical(),
        "high", (long) counts.getHigh(),
        "medium", (long) counts.getMedium(),
        "low", (long) counts.getLow(),
        "negligible", (long) counts.getNegligible(),
        "unknown", (long) counts.getUnknown());
  }
}
