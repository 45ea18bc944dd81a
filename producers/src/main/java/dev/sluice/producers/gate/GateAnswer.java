package dev.sluice.producers.gate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.events.Outcome;
import java.util.List;
import java.util.Map;

/**
 * One verdict for all scans of a version. As JSON it is the answer of {@code GET /v1/gate} and of
 * {@code sluice gate --output json}; docs/ci.md describes it. Fields are added, never renamed.
 *
 * @param outcome PASS, FAIL or CANNOT_KNOW
 * @param reason why, for people
 * @param complete whether every scan that was waited for has its verdict
 * @param unknown why it cannot be known in full: a scan that failed, is suspicious or is missing
 * @param override who let it pass all the same; null if nobody did
 * @param scans the verdicts it rests on, one for each series
 * @param missing scans that it misses
 * @param failingCount findings that fail it by the policy; one that several scanners see counts
 *     once, as long as all of them are named
 * @param newCount findings that nobody had claimed before, over all scans
 * @param failOn what {@code fail-on} found; null if it was not asked for
 * @param withheld withheld findings by reason, over all scans
 * @param findings what somebody must act on: what fails first, then what is new; behind them, where
 *     they are known, those that are withheld
 * @param findingsLeftOut how many more there are, at least
 * @param upgrades what fixes them
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record GateAnswer(
    String asset,
    String unit,
    String version,
    String commit,
    String line,
    Outcome outcome,
    String reason,
    boolean complete,
    List<String> unknown,
    Override override,
    List<Scan> scans,
    List<Missing> missing,
    long failingCount,
    long newCount,
    FailOn failOn,
    Map<String, Long> withheld,
    List<GateFinding> findings,
    long findingsLeftOut,
    List<Upgrade> upgrades) {

  public GateAnswer {
    unknown = unknown == null ? List.of() : List.copyOf(unknown);
    scans = scans == null ? List.of() : List.copyOf(scans);
    missing = missing == null ? List.of() : List.copyOf(missing);
    withheld = withheld == null ? Map.of() : new java.util.TreeMap<>(withheld);
    findings = findings == null ? List.of() : List.copyOf(findings);
    upgrades = upgrades == null ? List.of() : List.copyOf(upgrades);
    outcome = outcome == null ? Outcome.UNKNOWN : outcome;
  }

  /** One scan that was judged; names and meanings are those of {@code scans.v1}. */
  public record Scan(
      String scanId,
      String scanner,
      String scope,
      String unit,
      String version,
      String line,
      String purpose,
      String scanTime,
      String completeness,
      String outcome,
      String gateMode,
      String reason,
      List<String> suspicions,
      long observations,
      long findings,
      long newFindings,
      long fixedFindings,
      long actionable,
      long failingCount,
      Map<String, Long> bySeverity,
      Map<String, Long> withheld) {
    public Scan {
      suspicions = suspicions == null ? List.of() : List.copyOf(suspicions);
      bySeverity = bySeverity == null ? Map.of() : new java.util.LinkedHashMap<>(bySeverity);
      withheld = withheld == null ? Map.of() : new java.util.TreeMap<>(withheld);
    }
  }

  /**
   * A scan that is missing.
   *
   * @param scanner which scanner; empty if any would do
   * @param why in words
   */
  public record Missing(String scanner, String scope, String scanId, String why) {}

  /**
   * Findings as bad as {@code severity} or worse.
   *
   * @param byScanner how many, for each scanner that has any
   */
  public record FailOn(String severity, boolean newOnly, Map<String, Long> byScanner) {
    public FailOn {
      byScanner = byScanner == null ? Map.of() : new java.util.TreeMap<>(byScanner);
    }
  }

  /**
   * What fixes findings.
   *
   * @param findings ids of the findings in this answer that it fixes
   */
  public record Upgrade(
      String item, String title, String packageName, List<String> findings, List<Line> lines) {
    public Upgrade {
      findings = findings == null ? List.of() : List.copyOf(findings);
      lines = lines == null ? List.of() : List.copyOf(lines);
    }
  }

  /**
   * What to upgrade to on one release line.
   *
   * @param fixedVersion lowest version that fixes all of it there; null if none does
   * @param conflict what each source says, where they disagree
   */
  public record Line(String line, List<String> installed, String fixedVersion, String conflict) {
    public Line {
      installed = installed == null ? List.of() : List.copyOf(installed);
    }
  }

  /** Who let it pass all the same. */
  public record Override(String id, String by, String reason, String at) {}

  @JsonIgnore
  public boolean isPass() {
    return outcome == Outcome.PASS;
  }

  /** The findings that fail it. */
  @JsonIgnore
  public List<GateFinding> failing() {
    return findings.stream().filter(GateFinding::fails).toList();
  }

  /** The same, and somebody has let it pass. */
  public GateAnswer overridden(Override by) {
    return new GateAnswer(
        asset,
        unit,
        version,
        commit,
        line,
        outcome,
        reason,
        complete,
        unknown,
        by,
        scans,
        missing,
        failingCount,
        newCount,
        failOn,
        withheld,
        findings,
        findingsLeftOut,
        upgrades);
  }
}
