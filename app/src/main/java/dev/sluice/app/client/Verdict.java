package dev.sluice.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.SeverityCounts;
import java.util.ArrayList;
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

  static Verdict of(ScanVerdict verdict) {
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

  static Verdict of(JsonNode json) {
    List<String> failing = new ArrayList<>();
    json.path("failing").forEach(id -> failing.add(id.asText()));
    return new Verdict(
        json.path("outcome").asText("UNKNOWN"),
        json.path("completeness").asText("UNKNOWN"),
        json.path("reason").asText(""),
        json.path("observations").asLong(),
        json.path("findings").asLong(),
        json.path("newFindings").asLong(),
        json.path("fixedFindings").asLong(),
        json.path("actionable").asLong(),
        counts(json.path("bySeverity")),
        counts(json.path("withheld")),
        failing,
        json.path("failingCount").asLong());
  }

  private static Map<String, Long> counts(JsonNode object) {
    Map<String, Long> counts = new TreeMap<>();
    object.properties().forEach(e -> counts.put(e.getKey(), e.getValue().asLong()));
    return counts;
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

  public boolean passes() {
    return outcome.equals("PASS");
  }

  public boolean fails() {
    return outcome.equals("FAIL");
  }
}
