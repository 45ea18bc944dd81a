package dev.sluice.app.explain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.text.TextTable;
import java.io.PrintStream;
import java.util.Map;

/** A verdict for people. */
public final class ScanStory {
  private static final int FAILING = 10;

  private ScanStory() {}

  public static void print(PrintStream out, JsonNode scan) {
    line(out, Cells.word(scan, "outcome") + ": " + Cells.text(scan, "reason"));
    TextTable facts = new TextTable("", "");
    facts.row("scan", Cells.text(scan, "scanId"));
    facts.row("asset", (Cells.text(scan, "asset") + " " + Cells.text(scan, "version")).strip());
    facts.row("line", Cells.text(scan, "line"));
    facts.row("scanner", Cells.text(scan, "scanner") + ", " + Cells.text(scan, "format"));
    facts.row("time", Cells.minute(scan, "scanTime"));
    facts.row("counts", Cells.word(scan, "completeness") + ", " + Cells.word(scan, "purpose"));
    facts.row(
        "observations",
        scan.path("observations").asLong()
            + ", of them "
            + scan.path("repeated").asLong()
            + " said before and "
            + scan.path("merged").asLong()
            + " joined to what others say");
    facts.row(
        "findings",
        scan.path("findings").asLong()
            + ", of them "
            + scan.path("newFindings").asLong()
            + " new and "
            + scan.path("actionable").asLong()
            + " to act on; "
            + scan.path("fixedFindings").asLong()
            + " fixed");
    for (Map.Entry<String, JsonNode> withheld : scan.path("withheld").properties()) {
      facts.row("withheld", withheld.getValue().asLong() + " " + withheld.getKey());
    }
    scan.path("suspicions").forEach(each -> facts.row("suspicious", each.asText()));
    scan.path("warnings").forEach(each -> facts.row("warning", each.asText()));
    Cells.texts(scan.path("failing")).stream()
        .limit(FAILING)
        .forEach(id -> facts.row("fails on", id));
    for (JsonNode override : scan.path("overrides")) {
      facts.row(
          "let pass by",
          Cells.text(override, "by")
              + ", "
              + Cells.minute(override, "at")
              + ": "
              + Cells.text(override, "reason"));
    }
    facts.print(out, "  ");
    if (scan.path("failingCount").asLong() > FAILING) {
      line(
          out,
          "  … "
              + scan.path("failingCount").asLong()
              + " findings fail it; --json lists up to 100");
    }
    if (!scan.path("failing").isEmpty()) {
      line(out, "");
      line(out, "sluice explain ID says why.");
    }
  }

  private static void line(PrintStream out, String text) {
    out.println(TextTable.plain(text));
  }
}
