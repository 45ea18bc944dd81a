package dev.sluice.app.demo;

import dev.sluice.app.demo.DemoSummary.Duplicates;
import dev.sluice.app.demo.DemoSummary.Item;
import dev.sluice.app.demo.DemoSummary.Line;
import dev.sluice.app.demo.DemoSummary.Problem;
import dev.sluice.app.demo.DemoSummary.Report;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.LineFix;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.Support;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Adds up what is in the topics. */
final class DemoTally {
  private DemoTally() {}

  /**
   * A report and the verdict on its scan.
   *
   * @param repeated whether the gateway had seen it before: the verdict is the one of then
   */
  record Published(String file, String shows, ScanVerdict verdict, boolean repeated) {
    long merged() {
      return repeated ? 0 : verdict.getMerged();
    }

    long saidBefore() {
      return repeated ? verdict.getObservations() : verdict.getRepeated();
    }
  }

  static DemoSummary of(
      List<Published> published,
      Collection<Finding> findings,
      Collection<ActionItem> items,
      double seconds) {
    List<Finding> standing =
        findings.stream()
            .filter(finding -> finding.getMovedTo() == null)
            .filter(finding -> finding.getStatus() != FindingStatus.RESOLVED)
            .toList();
    List<Item> open =
        items.stream()
            .filter(item -> item.getStatus() == ItemStatus.OPEN)
            .sorted(
                Comparator.comparing(ActionItem::getKnownExploited)
                    .thenComparing(ActionItem::getSeverity)
                    .reversed()
                    .thenComparing(
                        ActionItem::getDue, Comparator.nullsLast(Comparator.naturalOrder()))
                    .thenComparing(ActionItem::getTitle))
            .map(DemoTally::item)
            .toList();
    return new DemoSummary(
        published.stream().map(DemoTally::report).toList(),
        published.stream().mapToLong(report -> report.verdict().getObservations()).sum(),
        standing.size(),
        open.size(),
        new Duplicates(
            published.stream().mapToLong(Published::merged).sum(),
            published.stream().mapToLong(Published::saidBefore).sum()),
        withheld(standing),
        open,
        seconds);
  }

  private static Report report(Published published) {
    ScanVerdict verdict = published.verdict();
    return new Report(
        published.file(),
        verdict.getScanner(),
        verdict.getFormat(),
        verdict.getObservations(),
        lower(verdict.getOutcome()),
        published.repeated() ? "repeated" : lower(verdict.getCompleteness()),
        published.shows());
  }

  private static Map<String, Long> withheld(List<Finding> standing) {
    Map<String, Long> withheld = new TreeMap<>();
    for (Finding finding : standing) {
      if (finding.getDecision() != null && !finding.getDecision().getActionable()) {
        withheld.merge(finding.getDecision().getReason(), 1L, Long::sum);
      }
    }
    return withheld;
  }

  private static Item item(ActionItem item) {
    List<Line> lines = item.getLines().stream().map(DemoTally::line).toList();
    return new Item(
        item.getId(),
        item.getAsset(),
        lower(item.getKind()),
        lower(item.getSeverity()),
        item.getKnownExploited(),
        item.getTitle(),
        target(item),
        fixed(item.getLines()),
        lines,
        item.getDue() == null ? null : item.getDue().toString(),
        item.getFindings().stream()
            .map(f -> new Problem(f.getVulnerability(), lower(f.getSeverity()), f.getScanners()))
            .toList(),
        item.getScanners(),
        item.getReason());
  }

  private static String target(ActionItem item) {
    if (item.getPlace() != null) {
      return item.getPlace();
    }
    return item.getPackageName() == null ? item.getPackage$() : item.getPackageName();
  }

  /** The version to go to on the supported lines, where they agree, which they do here. */
  private static String fixed(List<LineFix> lines) {
    List<String> versions =
        lines.stream()
            .filter(line -> line.getSupport() != Support.UNSUPPORTED)
            .map(LineFix::getFixedVersion)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return versions.isEmpty() ? null : String.join(", ", versions);
  }

  private static Line line(LineFix line) {
    return new Line(
        line.getLine(),
        lower(line.getSupport()),
        line.getInstalledVersions(),
        line.getFixedVersion());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Day of a time, for people. */
  static String day(String time) {
    return time == null ? "" : Instant.parse(time).toString().substring(0, 10);
  }
}
