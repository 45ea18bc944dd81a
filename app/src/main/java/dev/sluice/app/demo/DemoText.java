package dev.sluice.app.demo;

import dev.sluice.app.demo.DemoSummary.Item;
import dev.sluice.app.demo.DemoSummary.Line;
import dev.sluice.app.demo.DemoSummary.Problem;
import dev.sluice.app.demo.DemoSummary.Report;
import dev.sluice.app.text.TextTable;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The summary for people. */
final class DemoText {
  private static final int SHOWN_IDS = 2;

  private DemoText() {}

  static void print(PrintStream out, DemoSummary summary) {
    out.println();
    out.println("What was read");
    TextTable reports = new TextTable("report", "scanner", "format", "observations", "").right(3);
    for (Report report : summary.reports()) {
      reports.row(
          report.file(), report.tool(), report.format(), report.observations(), report.shows());
    }
    reports.print(out, "  ");

    out.println();
    out.println("What became of it");
    TextTable sums = new TextTable("", "").right(0);
    sums.row(summary.observations(), "observations, of which");
    sums.row(summary.duplicates().acrossRuns(), "were said before by the same scanner (runs)");
    sums.row(summary.duplicates().acrossScanners(), "were said by another scanner too (scanners)");
    sums.row(summary.findings(), "findings are left");
    summary
        .withheld()
        .forEach((reason, count) -> sums.row(count, "withheld: " + reason.replace('-', ' ')));
    sums.row(summary.actionItems(), "action items");
    sums.print(out, "  ");

    out.println();
    out.println("What somebody must do");
    TextTable items =
        new TextTable("severity", "due", "package or file", "fix", "lines", "asset", "why", "by");
    for (Item item : summary.items()) {
      items.row(
          item.severity() + (item.knownExploited() ? " (exploited)" : ""),
          DemoTally.day(item.due()),
          item.target(),
          item.fixedVersion() == null ? "-" : item.fixedVersion(),
          lines(item.lines()),
          item.asset(),
          problems(item.findings()),
          String.join(", ", item.scanners()));
    }
    items.print(out, "  ");
    out.println();
    out.println(String.format(Locale.ROOT, "Done in %.1f s.", summary.seconds()));
  }

  /** Lines that need the work; one that nobody supports is not among them. */
  private static String lines(List<Line> lines) {
    String needed =
        lines.stream()
            .filter(line -> !line.support().equals("unsupported"))
            .map(Line::line)
            .collect(Collectors.joining(", "));
    return needed.isEmpty() ? "-" : needed;
  }

  /** Two packages of one source can have the same vulnerability: it is named once. */
  private static String problems(List<Problem> problems) {
    List<String> ids = problems.stream().map(Problem::id).distinct().toList();
    String shown = ids.stream().limit(SHOWN_IDS).collect(Collectors.joining(", "));
    int more = ids.size() - SHOWN_IDS;
    return more > 0 ? shown + " +" + more : shown;
  }
}
