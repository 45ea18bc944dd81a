package dev.sluice.app.gate;

import dev.sluice.app.ExitCode;
import dev.sluice.app.text.TextTable;
import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateFinding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * For a comment on a pull request (at most 65,536 characters at GitHub) or a job's summary (1 MiB).
 * Whatever a scanner or a person wrote stands in code spans: there it mentions nobody, links
 * nowhere and is no HTML.
 */
final class GateMarkdown implements GateFormat.Writer {
  /** In UTF-8, so that it is below the limit however characters are counted. */
  private static final int MOST_BYTES = 64_000;

  private static final int MOST_TEXT = 300;

  @Override
  public String text(List<GateResult> results, boolean verbose) {
    Page page = new Page(MOST_BYTES);
    for (GateResult result : results) {
      write(page, result, verbose);
    }
    return page.end();
  }

  private static void write(Page page, GateResult result, boolean verbose) {
    GateAnswer answer = result.answer();
    String mark = result.exit() == ExitCode.OK ? "✅" : answer.complete() ? "❌" : "❔";
    page.add("## " + mark + " Sluice: " + result.word());
    page.add("");
    page.add(code(result.subject()));
    page.add("");
    page.add(code(answer.reason()));
    if (!result.note().isEmpty()) {
      page.add("");
      page.add(result.note());
    }
    if (answer.override() != null) {
      page.add("");
      page.add(
          "**Let pass by "
              + code(answer.override().by())
              + "**: "
              + code(answer.override().reason())
              + ", kept as "
              + code(answer.override().id()));
    }
    List<String> doubts = answer.unknown().stream().map(each -> "- " + code(each)).toList();
    page.rows("What is not known", List.of(), doubts);
    page.rows("What fails it", HEAD, answer.failing().stream().map(GateMarkdown::row).toList());
    page.leftOut(answer.failingCount() - answer.failing().size());
    page.rows("What fixes it", UPGRADE_HEAD, upgrades(answer));
    page.rows(
        "What is new beside it",
        HEAD,
        Sections.news(answer).stream().map(GateMarkdown::row).toList());
    page.rows("Scans", SCAN_HEAD, answer.scans().stream().map(GateMarkdown::scan).toList());
    List<String> withheld = new ArrayList<>();
    answer.withheld().forEach((reason, count) -> withheld.add("- " + count + " " + code(reason)));
    page.rows("Withheld", List.of(), withheld);
    if (verbose) {
      page.rows(
          "Withheld findings",
          HEAD,
          Sections.withheld(answer).stream().map(GateMarkdown::row).toList());
    }
  }

  private static final List<String> HEAD =
      List.of(
          "| severity | vulnerability | in | installed | fixed in | | title |",
          "|---|---|---|---|---|---|---|");

  private static final List<String> UPGRADE_HEAD =
      List.of("| line | installed | upgrade to | fixes |", "|---|---|---|---|");

  private static final List<String> SCAN_HEAD =
      List.of(
          "| scanner | outcome | findings | new | fixed | to act on |",
          "|---|---|---:|---:|---:|---:|");

  private static String row(GateFinding each) {
    String flags =
        (each.isNew() ? "new" : "")
            + (each.isNew() && each.knownExploited() ? ", " : "")
            + (each.knownExploited() ? "**exploited**" : "");
    String where = each.packageName() == null ? each.where() : each.packageName();
    return cells(
        Sections.word(each.severity()),
        code(each.vulnerability()),
        code(where),
        code(String.join(", ", each.installedVersions())),
        code(each.fixedVersion()),
        each.status().equals(GateFinding.OPEN) ? flags : code(each.reason()),
        code(each.title()));
  }

  private static List<String> upgrades(GateAnswer answer) {
    List<String> rows = new ArrayList<>();
    for (GateAnswer.Upgrade upgrade : answer.upgrades()) {
      for (GateAnswer.Line fix : upgrade.lines()) {
        if (fix.fixedVersion() != null) {
          rows.add(
              cells(
                  code(fix.line()),
                  code(String.join(", ", fix.installed())),
                  code(Sections.target(upgrade, fix)),
                  Integer.toString(upgrade.findings().size())));
        }
      }
    }
    return rows;
  }

  private static String scan(GateAnswer.Scan scan) {
    return cells(
        code(scan.scanner()),
        Sections.word(scan.outcome()),
        Long.toString(scan.findings()),
        Long.toString(scan.newFindings()),
        Long.toString(scan.fixedFindings()),
        Long.toString(scan.actionable()));
  }

  private static String cells(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  /** A code span. A backtick would end it and a bar the table's cell, so they become others. */
  static String code(String text) {
    if (text == null || text.isBlank()) {
      return "";
    }
    String safe = TextTable.plain(text).replace('`', '\'').replace('|', '¦').strip();
    return safe.isEmpty() ? "" : "`" + Sections.cut(safe, MOST_TEXT) + "`";
  }

  /** Lines, as long as there is room. */
  private static final class Page {
    private static final int RESERVE = 200;

    private final StringBuilder text = new StringBuilder();
    private final int most;
    private int bytes;
    private long cut;

    private Page(int most) {
      this.most = most - RESERVE;
    }

    void add(String line) {
      int size = line.getBytes(StandardCharsets.UTF_8).length + 1;
      if (cut > 0 || bytes + size > most) {
        cut++;
        return;
      }
      bytes += size;
      text.append(line).append('\n');
    }

    void rows(String heading, List<String> head, List<String> rows) {
      if (!rows.isEmpty()) {
        add("");
        add("### " + heading);
        add("");
        head.forEach(this::add);
        rows.forEach(this::add);
      }
    }

    void leftOut(long count) {
      if (count > 0) {
        add("");
        add("… and " + count + " more.");
      }
    }

    String end() {
      return cut == 0 ? text.toString() : text + "\n… " + cut + " more lines did not fit here.\n";
    }
  }
}
