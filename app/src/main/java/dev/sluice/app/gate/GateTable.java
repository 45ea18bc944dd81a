package dev.sluice.app.gate;

import dev.sluice.app.text.TextTable;
import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateFinding;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** For a terminal or the log of a job. */
final class GateTable implements GateFormat.Writer {
  private static final int MOST = 50;

  @Override
  public String text(List<GateResult> results, boolean verbose) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    for (GateResult result : results) {
      write(out, result, verbose);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void write(PrintStream out, GateResult result, boolean verbose) {
    GateAnswer answer = result.answer();
    line(out, result.word() + ": " + result.subject());
    line(out, answer.reason());
    if (!result.note().isEmpty()) {
      line(out, result.note());
    }
    if (answer.override() != null) {
      line(
          out,
          answer.override().by()
              + " lets it pass: "
              + answer.override().reason()
              + " (kept as "
              + answer.override().id()
              + ")");
    }
    scans(out, answer);
    findings(out, "What fails it", answer.failing(), answer.failingCount());
    findings(out, "What is new beside it", Sections.news(answer), 0);
    upgrades(out, answer);
    withheld(out, answer, verbose);
    if (!answer.findings().isEmpty()) {
      out.println();
      line(out, "sluice explain ID says why.");
    }
  }

  private static void scans(PrintStream out, GateAnswer answer) {
    if (answer.scans().isEmpty()) {
      return;
    }
    out.println();
    TextTable table =
        new TextTable(
                "scanner",
                "unit",
                "scope",
                "outcome",
                "mode",
                "findings",
                "new",
                "fixed",
                "to act on",
                "scan")
            .right(5, 6, 7, 8)
            .dense();
    for (GateAnswer.Scan scan : answer.scans()) {
      table.row(
          scan.scanner(),
          scan.unit(),
          scan.scope(),
          Sections.word(scan.outcome()),
          Sections.word(scan.gateMode()),
          scan.findings(),
          scan.newFindings(),
          scan.fixedFindings(),
          scan.actionable(),
          scan.scanId());
    }
    table.print(out, "  ");
  }

  private static void findings(
      PrintStream out, String heading, List<GateFinding> findings, long count) {
    if (findings.isEmpty()) {
      return;
    }
    out.println();
    line(out, heading);
    TextTable table =
        new TextTable(
                "severity",
                "vulnerability",
                "in",
                "installed",
                "fixed in",
                "",
                "why",
                "seen by",
                "title",
                "id")
            .dense();
    for (GateFinding each : findings.subList(0, Math.min(MOST, findings.size()))) {
      table.row(
          Sections.word(each.severity()),
          Sections.cut(each.vulnerability(), 40),
          Sections.cut(each.packageName() == null ? each.where() : each.packageName(), 60),
          Sections.cut(String.join(", ", each.installedVersions()), 30),
          each.fixedVersion(),
          (each.isNew() ? "new" : "") + (each.knownExploited() ? " exploited" : ""),
          each.reason(),
          String.join(", ", each.scanners()),
          Sections.cut(each.title(), 60),
          each.id());
    }
    table.print(out, "  ");
    long more = Math.max(findings.size(), count) - Math.min(MOST, findings.size());
    if (more > 0) {
      line(out, "  … and " + more + " more");
    }
  }

  private static void upgrades(PrintStream out, GateAnswer answer) {
    if (answer.upgrades().isEmpty()) {
      return;
    }
    out.println();
    line(out, "What fixes it");
    TextTable table = new TextTable("line", "installed", "upgrade to", "fixes", "", "").dense();
    for (GateAnswer.Upgrade upgrade : answer.upgrades()) {
      for (GateAnswer.Line fix : upgrade.lines()) {
        if (fix.fixedVersion() != null) {
          table.row(
              fix.line(),
              Sections.cut(String.join(", ", fix.installed()), 30),
              Sections.target(upgrade, fix),
              upgrade.findings().size()
                  + (upgrade.findings().size() == 1 ? " finding" : " findings"),
              Sections.cut(upgrade.title(), 60),
              fix.conflict());
        }
      }
    }
    table.print(out, "  ");
  }

  private static void withheld(PrintStream out, GateAnswer answer, boolean verbose) {
    if (answer.withheld().isEmpty()) {
      return;
    }
    out.println();
    line(out, "Withheld" + (verbose ? "" : " (--verbose lists them)"));
    TextTable table = new TextTable("", "").right(0);
    answer.withheld().forEach((reason, count) -> table.row(count, reason));
    table.print(out, "  ");
    if (verbose) {
      List<GateFinding> list = Sections.withheld(answer);
      if (list.isEmpty()) {
        line(out, "  which ones is not known here: docs/ci.md, Withheld");
      } else {
        findings(out, "Which", list, 0);
      }
    }
  }

  private static void line(PrintStream out, String text) {
    out.println(TextTable.plain(text));
  }
}
