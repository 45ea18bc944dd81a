package dev.sluice.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.ScanVerdict;
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
    Map<String, Long> withheld,
    List<String> failing,
    long failingCount) {

  public Verdict {
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
        verdict.getWithheld(),
        verdict.getFailing(),
        verdict.getFailingCount());
  }

  static Verdict of(JsonNode json) {
    Map<String, Long> withheld = new TreeMap<>();
    json.path("withheld")
        .properties()
        .forEach(e -> withheld.put(e.getKey(), e.getValue().asLong()));
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
        withheld,
        failing,
        json.path("failingCount").asLong());
  }

  public boolean passes() {
    return outcome.equals("PASS");
  }

  public boolean fails() {
    return outcome.equals("FAIL");
  }
}
