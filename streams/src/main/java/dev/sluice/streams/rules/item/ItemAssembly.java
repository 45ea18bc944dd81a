package dev.sluice.streams.rules.item;

import dev.sluice.events.ActionItem;
import dev.sluice.events.Finding;
import dev.sluice.events.ItemFinding;
import dev.sluice.events.ItemKind;
import dev.sluice.events.LineFix;
import dev.sluice.events.LineState;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import dev.sluice.streams.rules.identity.Purls;
import dev.sluice.streams.rules.version.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts an action item together from its findings. The order of the findings does not matter. */
public final class ItemAssembly {
  /** Findings that an item lists; the rest are counted. */
  public static final int MOST_FINDINGS = 50;

  private static final int MOST_LINES = 100;
  private static final int MOST_VERSIONS = 20;
  private static final int MOST_REFERENCES = 10;

  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::getKnownExploited)
          .thenComparing(Finding::getSeverity)
          .reversed()
          .thenComparing(Finding::getVulnerability)
          .thenComparing(Finding::getId);

  private ItemAssembly() {}

  /**
   * Everything about an item but its life.
   *
   * @param findings at least one
   * @param owner who is to act, or null
   */
  public static ActionItem assemble(ItemKey key, List<Finding> findings, String owner) {
    List<Finding> sorted = findings.stream().sorted(WORST_FIRST).toList();
    Finding worst = sorted.get(0);
    List<LineFix> lines = lines(key, sorted);
    return ActionItem.newBuilder()
        .setId(key.id())
        .setAsset(worst.getAsset())
        .setUnit(worst.getUnit())
        .setKind(key.kind())
        .setTitle(title(key, sorted))
        .setSummary(summary(key, sorted, lines))
        .setPackage$(key.subject())
        .setPackageName(packageName(key, worst))
        .setPlace(key.kind() == ItemKind.FINDING ? place(worst) : null)
        .setSeverity(
            sorted.stream().map(Finding::getSeverity).max(Comparator.naturalOrder()).orElseThrow())
        .setKnownExploited(sorted.stream().anyMatch(Finding::getKnownExploited))
        .setFindings(sorted.stream().limit(MOST_FINDINGS).map(ItemAssembly::member).toList())
        .setFindingCount(sorted.size())
        .setLines(lines.stream().limit(MOST_LINES).toList())
        .setScanners(
            sorted.stream().flatMap(f -> f.getScanners().stream()).distinct().sorted().toList())
        .setOwner(owner)
        .setReferences(
            sorted.stream()
                .flatMap(f -> f.getReferences().stream().limit(1))
                .distinct()
                .limit(MOST_REFERENCES)
                .toList())
        .setRule(worst.getDecision().getRule())
        .setReason(worst.getDecision().getExplanation())
        .setDue(due(key, sorted))
        .setFirstSeen(earliest(sorted.stream().map(Finding::getFirstSeen)))
        .build();
  }

  /**
   * A baseline, of which only the worst findings are at hand.
   *
   * @param worst at least one, at most as many as an item lists
   * @param tally what all of them come to
   */
  public static ActionItem assemble(ItemKey key, List<Finding> worst, Tally tally, String owner) {
    ActionItem item = assemble(key, worst, owner);
    item.setFindingCount((int) Math.min(Integer.MAX_VALUE, tally.findings()));
    item.setSummary(
        "Work off "
            + count(
                tally.findings(),
                "finding",
                "findings",
                tally.exploited(),
                tally.of(Severity.CRITICAL))
            + " that the first scan brought.");
    item.setSeverity(tally.worst());
    item.setKnownExploited(tally.exploited() > 0);
    item.setLines(tally.lines().stream().limit(MOST_LINES).toList());
    item.setScanners(tally.scanners());
    item.setDue(tally.due());
    item.setFirstSeen(tally.firstSeen() == null ? null : Instant.ofEpochMilli(tally.firstSeen()));
    return item;
  }

  private static ItemFinding member(Finding finding) {
    return ItemFinding.newBuilder()
        .setFindingId(finding.getId())
        .setVulnerability(finding.getVulnerability())
        .setSeverity(finding.getSeverity())
        .setKnownExploited(finding.getKnownExploited())
        .setTitle(finding.getTitle())
        .setScanners(finding.getScanners())
        .build();
  }

  private static List<LineFix> lines(ItemKey key, List<Finding> findings) {
    String ecosystem = key.subject() == null ? "" : Purls.type(key.subject());
    Map<String, List<LineState>> byLine =
        findings.stream()
            .flatMap(finding -> finding.getLines().stream())
            .collect(Collectors.groupingBy(LineState::getLine, TreeMap::new, Collectors.toList()));
    List<LineFix> lines = new ArrayList<>();
    byLine.forEach((line, states) -> lines.add(line(ecosystem, line, states)));
    return lines;
  }

  private static LineFix line(String ecosystem, String line, List<LineState> states) {
    List<LineState> present = states.stream().filter(LineState::getPresent).toList();
    // A finding without a fix on this line leaves the item as a whole without one here.
    boolean allFixed =
        !present.isEmpty() && present.stream().allMatch(state -> state.getFixedVersion() != null);
    String highest =
        present.stream()
            .map(LineState::getFixedVersion)
            .filter(Objects::nonNull)
            .max((a, b) -> Versions.compare(ecosystem, a, b))
            .orElse(null);
    return LineFix.newBuilder()
        .setLine(line)
        .setSupport(states.get(0).getSupport())
        .setInstalledVersions(
            present.stream()
                .flatMap(state -> state.getInstalledVersions().stream())
                .distinct()
                .sorted((a, b) -> Versions.compare(ecosystem, a, b))
                .limit(MOST_VERSIONS)
                .toList())
        .setFixedVersion(highest)
        .setConflict(
            highest != null && !allFixed
                ? "not every finding has a fixed version on this line"
                : null)
        .setResolved(present.isEmpty())
        .build();
  }

  private static String packageName(ItemKey key, Finding worst) {
    if (key.subject() == null) {
      return worst.getPackageName();
    }
    return worst.getSourcePackage() == null ? worst.getPackageName() : worst.getSourcePackage();
  }

  private static String title(ItemKey key, List<Finding> findings) {
    Finding worst = findings.get(0);
    return switch (key.kind()) {
      case UPGRADE -> "Upgrade " + packageName(key, worst) + " in " + where(worst);
      case BASELINE -> "Work off what was there when " + where(worst) + " was adopted";
      case COMBINATION -> worst.getTitle();
      default -> firstNonEmpty(worst.getTitle(), worst.getVulnerability()) + " in " + where(worst);
    };
  }

  private static String where(Finding finding) {
    return finding.getUnit() == null
        ? finding.getAsset()
        : finding.getAsset() + " (" + finding.getUnit() + ")";
  }

  private static String summary(ItemKey key, List<Finding> findings, List<LineFix> lines) {
    return switch (key.kind()) {
      case UPGRADE ->
          "Upgrade "
              + packageName(key, findings.get(0))
              + targets(lines)
              + ": it settles "
              + count(findings, "vulnerability", "vulnerabilities")
              + ".";
      case BASELINE ->
          "Work off " + count(findings, "finding", "findings") + " that the first scan brought.";
      default ->
          findings.size() == 1
              ? findings.get(0).getDecision().getExplanation()
              : findings.get(0).getDecision().getExplanation() + " " + reporters(findings);
    };
  }

  /** Tools name one weakness differently; whoever fixes it should know all its names. */
  private static String reporters(List<Finding> findings) {
    return findings.stream()
        .flatMap(
            finding ->
                finding.getScanners().stream()
                    .map(scanner -> scanner + " as " + finding.getVulnerability()))
        .distinct()
        .sorted()
        .limit(10)
        .collect(Collectors.joining(", ", "Reported by ", "."));
  }

  private static String targets(List<LineFix> lines) {
    TreeSet<String> targets =
        lines.stream()
            .filter(line -> !line.getResolved() && line.getSupport() != Support.UNSUPPORTED)
            .map(LineFix::getFixedVersion)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));
    if (targets.isEmpty()) {
      return "";
    }
    if (targets.size() == 1) {
      return " to " + targets.first() + " or later";
    }
    return lines.stream()
        .filter(line -> !line.getResolved() && line.getFixedVersion() != null)
        .map(line -> line.getFixedVersion() + " on " + line.getLine())
        .limit(5)
        .collect(Collectors.joining(", ", " to ", ""));
  }

  private static String count(List<Finding> findings, String one, String many) {
    long exploited = findings.stream().filter(Finding::getKnownExploited).count();
    long critical = findings.stream().filter(f -> f.getSeverity() == Severity.CRITICAL).count();
    return count(findings.size(), one, many, exploited, critical);
  }

  private static String count(long size, String one, String many, long exploited, long critical) {
    String count = size + " " + (size == 1 ? one : many);
    String worst =
        Stream.of(
                exploited > 0 ? exploited + " known to be exploited" : null,
                critical > 0 ? critical + " critical" : null)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    return worst.isEmpty() ? count : count + " (" + worst + ")";
  }

  private static String place(Finding finding) {
    if (finding.getLocation() != null) {
      Integer line = finding.getLocation().getStartLine();
      return finding.getLocation().getPath() + (line == null ? "" : ":" + line);
    }
    return finding.getOccurrences().isEmpty() ? null : finding.getOccurrences().get(0).getPlace();
  }

  /** The first deadline; a baseline is burnt down by its last. */
  private static Instant due(ItemKey key, List<Finding> findings) {
    if (key.kind() != ItemKind.BASELINE) {
      return earliest(findings.stream().map(Finding::getDue));
    }
    return findings.stream()
        .map(Finding::getDue)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static Instant earliest(Stream<Instant> times) {
    return times.filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
  }

  private static String firstNonEmpty(String a, String b) {
    return a == null || a.isEmpty() ? b : a;
  }
}
