package dev.sluice.producers.gate;

import dev.sluice.events.AssetProfile;
import dev.sluice.events.Completeness;
import dev.sluice.events.ExpectedScan;
import dev.sluice.events.LineFix;
import dev.sluice.events.Outcome;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.VerdictFinding;
import dev.sluice.events.VerdictItem;
import dev.sluice.producers.gate.GateAnswer.Missing;
import dev.sluice.producers.gate.GateFinding.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Judges a version by the verdicts on its scans. What is known to fail fails, however little else
 * is known; of the rest, nothing passes that anything is not known of.
 */
public final class Gate {
  /**
   * Scans that say nothing of what is there: a later good one of the same scanner replaces them.
   */
  private static final Set<Completeness> EMPTY =
      Set.of(Completeness.FAILED, Completeness.ABANDONED, Completeness.INCOMPLETE);

  private static final Comparator<ScanVerdict> OLDEST_FIRST =
      Comparator.comparing((ScanVerdict v) -> v.getPurpose() != ScanPurpose.PROPOSAL)
          .thenComparing(v -> time(v.getScanTime()))
          .thenComparing(v -> time(v.getDecidedAt()))
          .thenComparing(ScanVerdict::getScanId);

  private static final Comparator<GateFinding> WORST_FIRST =
      Comparator.comparing((GateFinding f) -> !f.fails())
          .thenComparing(f -> !f.status().equals(GateFinding.OPEN))
          .thenComparing(f -> !f.isNew())
          .thenComparing(f -> !f.knownExploited())
          .thenComparing(f -> -GateSeverity.rank(f.severity()))
          .thenComparing(GateFinding::vulnerability)
          .thenComparing(GateFinding::id);

  private final GateQuestion question;
  private final AssetProfile profile;

  /**
   * @param profile what the team says about the asset, or null
   */
  public Gate(GateQuestion question, AssetProfile profile) {
    this.question = question;
    this.profile = profile;
  }

  /**
   * A scan that is under way.
   *
   * @param line null while nobody knows
   */
  public record Pending(
      String scanId,
      String scanner,
      String asset,
      String unit,
      String version,
      String commit,
      String digest,
      String line,
      String branch,
      ScanPurpose purpose) {
    private GateQuestion.Subject subject() {
      return new GateQuestion.Subject(
          scanId, asset, unit, version, commit, digest, line, branch, purpose);
    }
  }

  /**
   * The verdicts that count: of each series the newest scan of what is asked about.
   *
   * @param known verdicts, at least all of the asset's newest ones
   */
  public List<ScanVerdict> scans(Collection<ScanVerdict> known) {
    Set<String> digests =
        question.version() == null
            ? Set.of()
            : known.stream()
                .filter(v -> v.getAsset().equals(question.asset()))
                .filter(v -> question.version().equals(v.getVersion()))
                .map(ScanVerdict::getDigest)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    Map<List<Object>, ScanVerdict> newest = new LinkedHashMap<>();
    for (ScanVerdict verdict : known) {
      if (question.concerns(subject(verdict), digests)) {
        List<Object> series =
            question.scans().isEmpty()
                ? List.of(
                    verdict.getScanner(),
                    verdict.getSeries(),
                    Objects.requireNonNullElse(verdict.getUnit(), ""),
                    verdict.getLine())
                : List.of(verdict.getScanId());
        newest.merge(series, verdict, (a, b) -> OLDEST_FIRST.compare(a, b) > 0 ? a : b);
      }
    }
    List<ScanVerdict> scans = new ArrayList<>(newest.values());
    if (question.scans().isEmpty()) {
      scans.removeIf(verdict -> isReplaced(verdict, newest.values()));
    }
    scans.sort(Comparator.comparing(ScanVerdict::getScanner).thenComparing(ScanVerdict::getScanId));
    return scans;
  }

  /** A failed scan says nothing of its scope, so any later good one of its scanner makes up. */
  private static boolean isReplaced(ScanVerdict failed, Collection<ScanVerdict> all) {
    return EMPTY.contains(failed.getCompleteness())
        && all.stream()
            .anyMatch(
                other ->
                    !EMPTY.contains(other.getCompleteness())
                        && other.getScanner().equals(failed.getScanner())
                        && Objects.equals(other.getUnit(), failed.getUnit())
                        && time(other.getDecidedAt()).isAfter(time(failed.getDecidedAt())));
  }

  /** What has to come before it can be known. */
  public List<Missing> missing(List<ScanVerdict> scans, Collection<Pending> underWay) {
    List<Missing> missing = new ArrayList<>();
    Set<String> digests =
        scans.stream()
            .map(ScanVerdict::getDigest)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    for (Pending scan : underWay) {
      if (question.concerns(scan.subject(), digests)) {
        missing.add(
            new Missing(
                scan.scanner(), null, scan.scanId(), "its report is there and not judged yet"));
      }
    }
    if (!question.scans().isEmpty()) {
      Set<String> wanted = new TreeSet<>(question.scans());
      scans.forEach(scan -> wanted.remove(scan.getScanId()));
      missing.forEach(each -> wanted.remove(each.scanId()));
      wanted.forEach(id -> missing.add(new Missing("", null, id, "there is no verdict on it")));
      return missing;
    }
    for (ExpectedScan expected : expected()) {
      boolean there = scans.stream().anyMatch(scan -> isMeant(expected, scan));
      boolean comes =
          missing.stream().anyMatch(each -> each.scanner().equalsIgnoreCase(expected.getScanner()));
      if (!there && !comes) {
        missing.add(
            new Missing(
                expected.getScanner(), expected.getScope(), null, "no scan of it is known"));
      }
    }
    if (scans.isEmpty() && missing.isEmpty()) {
      missing.add(new Missing("", null, null, "no scan of it by anybody is known"));
    }
    return missing;
  }

  private List<ExpectedScan> expected() {
    List<ExpectedScan> expected = new ArrayList<>();
    if (profile != null) {
      profile.getExpected().stream()
          .filter(each -> !profile.getRetiredScanners().contains(each.getScanner()))
          .forEach(expected::add);
    }
    for (String scanner : new TreeSet<>(question.expected())) {
      if (expected.stream().noneMatch(each -> each.getScanner().equalsIgnoreCase(scanner))) {
        expected.add(ExpectedScan.newBuilder().setScanner(scanner).setCadenceHours(0).build());
      }
    }
    return expected;
  }

  private static boolean isMeant(ExpectedScan expected, ScanVerdict scan) {
    return expected.getScanner().equalsIgnoreCase(scan.getScanner())
        && (expected.getScope() == null || expected.getScope().equals(scan.getScope()));
  }

  /**
   * Judges.
   *
   * @param known verdicts, at least all of the asset's newest ones
   * @param underWay scans that were published and have no verdict yet
   * @param standing how findings of the asset stand now, where that is known
   */
  public GateAnswer judge(
      Collection<ScanVerdict> known, Collection<Pending> underWay, Collection<Standing> standing) {
    List<ScanVerdict> scans = scans(known);
    List<Missing> missing = missing(scans, underWay);
    Map<String, Standing> now = new HashMap<>();
    standing.forEach(each -> now.put(each.finding().id(), each));
    Map<String, GateFinding> named = new LinkedHashMap<>();
    Judged judged = new Judged();
    for (ScanVerdict scan : scans) {
      long settled = 0;
      for (VerdictFinding each : scan.getNamed()) {
        GateFinding finding = GateFinding.of(each, scan.getScanner());
        Standing stands = now.get(finding.id());
        if (isSettledSince(stands, scan)) {
          settled += finding.fails() ? 1 : 0;
          finding = finding.settled(stands);
        }
        named.merge(finding.id(), finding, GateFinding::and);
      }
      judged.take(scan, settled, question);
    }
    addOthers(named, standing, scans);
    List<GateFinding> findings = new ArrayList<>(named.values());
    findings.sort(WORST_FIRST);
    return judged.answer(question, scans, missing, findings, upgrades(scans, findings));
  }

  /** A statement of a person counts from when it was made; the scan knew what was before it. */
  private static boolean isSettledSince(Standing stands, ScanVerdict scan) {
    return stands != null
        && stands.suppressed()
        && !stands.finding().status().equals(GateFinding.OPEN)
        && stands.at() != null
        && stands.at().isAfter(time(scan.getDecidedAt()));
  }

  private static void addOthers(
      Map<String, GateFinding> named, Collection<Standing> standing, List<ScanVerdict> scans) {
    Set<String> scanners = scans.stream().map(ScanVerdict::getScanner).collect(Collectors.toSet());
    for (Standing each : standing) {
      if (each.here() && each.finding().scanners().stream().anyMatch(scanners::contains)) {
        named.putIfAbsent(each.finding().id(), each.finding());
      }
    }
  }

  private static List<GateAnswer.Upgrade> upgrades(
      List<ScanVerdict> scans, List<GateFinding> findings) {
    Map<String, VerdictItem> items = new TreeMap<>();
    scans.forEach(scan -> scan.getItems().forEach(item -> items.put(item.getItem(), item)));
    Map<String, List<String>> of = new LinkedHashMap<>();
    findings.stream()
        .filter(f -> f.status().equals(GateFinding.OPEN) && items.containsKey(f.item()))
        .forEach(f -> of.computeIfAbsent(f.item(), id -> new ArrayList<>()).add(f.id()));
    List<GateAnswer.Upgrade> upgrades = new ArrayList<>();
    of.forEach(
        (id, ids) -> {
          VerdictItem item = items.get(id);
          List<GateAnswer.Line> lines =
              item.getLines().stream().filter(fix -> !fix.getResolved()).map(Gate::line).toList();
          if (lines.stream().anyMatch(line -> line.fixedVersion() != null)) {
            upgrades.add(
                new GateAnswer.Upgrade(id, item.getTitle(), item.getPackageName(), ids, lines));
          }
        });
    return upgrades;
  }

  private static GateAnswer.Line line(LineFix fix) {
    return new GateAnswer.Line(
        fix.getLine(), fix.getInstalledVersions(), fix.getFixedVersion(), fix.getConflict());
  }

  private static GateQuestion.Subject subject(ScanVerdict verdict) {
    return new GateQuestion.Subject(
        verdict.getScanId(),
        verdict.getAsset(),
        verdict.getUnit(),
        verdict.getVersion(),
        verdict.getCommit(),
        verdict.getDigest(),
        verdict.getLine(),
        verdict.getBranch(),
        verdict.getPurpose());
  }

  private static Instant time(Instant time) {
    return time == null ? Instant.EPOCH : time;
  }

  /** Whether an outcome lets a build pass by itself. */
  static boolean isKnown(Outcome outcome) {
    return outcome == Outcome.PASS || outcome == Outcome.FAIL;
  }
}
