package dev.sluice.producers.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.events.Decision;
import dev.sluice.events.Finding;
import dev.sluice.events.LineState;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.VerdictFinding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A finding in the gate's answer.
 *
 * @param id finding id: the same for every scanner, scan and version
 * @param severity {@code CRITICAL}, {@code HIGH}, …
 * @param place path in the code; null for a package
 * @param fixedVersion lowest version that fixes it on the scanned line
 * @param status {@code open}, {@code withheld} or {@code accepted}
 * @param reason why somebody must act, or need not: {@code fix-available}, {@code no-fix}, …
 * @param item id of the action item it is part of
 */
public record GateFinding(
    String id,
    String vulnerability,
    String kind,
    String severity,
    String title,
    String packageName,
    @JsonProperty("package") String purl,
    String place,
    Integer placeLine,
    List<String> installedVersions,
    String fixedVersion,
    boolean knownExploited,
    boolean isNew,
    boolean fails,
    String status,
    String reason,
    String item,
    List<String> scanners) {

  public static final String OPEN = "open";

  public GateFinding {
    installedVersions = installedVersions == null ? List.of() : List.copyOf(installedVersions);
    scanners = scanners == null ? List.of() : List.copyOf(scanners);
    status = status == null ? OPEN : status;
  }

  static GateFinding of(VerdictFinding named, String scanner) {
    return new GateFinding(
        named.getFindingId(),
        named.getVulnerability(),
        named.getKind().name(),
        named.getSeverity().name(),
        named.getTitle(),
        named.getPackageName(),
        named.getPackage$(),
        named.getPlace(),
        named.getPlaceLine(),
        named.getInstalledVersions(),
        named.getFixedVersion(),
        named.getKnownExploited(),
        named.getIsNew(),
        named.getFails(),
        OPEN,
        named.getReason(),
        named.getItem(),
        List.of(scanner));
  }

  /** The same finding as another scanner's verdict names it. */
  GateFinding and(GateFinding other) {
    TreeSet<String> both = new TreeSet<>(scanners);
    both.addAll(other.scanners);
    return with(isNew || other.isNew, fails || other.fails, status, reason, new ArrayList<>(both));
  }

  /** The same, after a person has said since the scan that nobody need act. */
  GateFinding settled(Standing now) {
    return with(isNew, false, now.finding().status(), now.finding().reason(), scanners);
  }

  private GateFinding with(
      boolean news, boolean failing, String state, String why, List<String> by) {
    return new GateFinding(
        id,
        vulnerability,
        kind,
        severity,
        title,
        packageName,
        purl,
        place,
        placeLine,
        installedVersions,
        fixedVersion,
        knownExploited,
        news,
        failing,
        state,
        why,
        item,
        by);
  }

  /** What to call it: its id, and the package if it is about one. */
  public String subject() {
    return packageName == null || packageName.isBlank()
        ? vulnerability
        : vulnerability + " in " + packageName;
  }

  /** File and line, or an empty text. */
  public String where() {
    return place == null ? "" : placeLine == null ? place : place + ":" + placeLine;
  }

  /**
   * How a finding stands now, by whatever has been decided since the scan.
   *
   * @param finding the finding as it stands
   * @param here whether it is on a line whose newest version is one that was asked about
   * @param suppressed whether a person's statement decided it: a VEX, an accepted risk
   * @param at when it came to stand like this, or null
   */
  public record Standing(GateFinding finding, boolean here, boolean suppressed, Instant at) {

    /**
     * @param scans what is asked about
     */
    public static Standing of(Finding finding, List<ScanVerdict> scans) {
      LineState line =
          finding.getLines().stream()
              .filter(LineState::getPresent)
              .filter(state -> scans.stream().anyMatch(scan -> isHead(scan, state)))
              .findFirst()
              .orElse(null);
      Decision decision = finding.getDecision();
      GateFinding view =
          new GateFinding(
              finding.getId(),
              finding.getVulnerability(),
              finding.getKind().name(),
              finding.getSeverity().name(),
              finding.getTitle(),
              finding.getPackageName(),
              finding.getPackage$(),
              finding.getLocation() == null ? null : finding.getLocation().getPath(),
              finding.getLocation() == null ? null : finding.getLocation().getStartLine(),
              line == null ? List.of() : line.getInstalledVersions().stream().limit(5).toList(),
              line == null ? null : line.getFixedVersion(),
              finding.getKnownExploited(),
              false,
              false,
              finding.getStatus().name().toLowerCase(Locale.ROOT),
              decision == null ? "" : decision.getReason(),
              finding.getItem(),
              finding.getScanners());
      return new Standing(
          view,
          line != null,
          decision != null && decision.getSuppression() != null,
          finding.getUpdatedAt());
    }

    private static boolean isHead(ScanVerdict scan, LineState state) {
      return scan.getPurpose() == ScanPurpose.HEAD
          && state.getLine().equals(scan.getLine())
          && Objects.equals(state.getHeadVersion(), scan.getVersion());
    }
  }
}
