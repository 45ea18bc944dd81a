package dev.sluice.app.explain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.text.TextTable;
import java.io.PrintStream;
import java.util.List;

/** Findings and items as tables. What all rows have in common is said once, above. */
public final class Lists {
  private static final int TITLE = 60;

  private Lists() {}

  public static void findings(PrintStream out, List<JsonNode> findings, String indent) {
    if (findings.isEmpty()) {
      return;
    }
    boolean same = asset(out, findings, indent);
    TextTable table =
        new TextTable(
                "id",
                "severity",
                "vulnerability",
                "component",
                "installed",
                "fixed in",
                "lines",
                "status",
                "why",
                "seen by",
                same ? "" : "asset")
            .dense();
    for (JsonNode finding : findings) {
      String component = Cells.text(finding, "component");
      table.row(
          Cells.shortId(finding, "id"),
          Cells.word(finding, "severity"),
          Cells.cut(Cells.text(finding, "vulnerability"), 40),
          Cells.cut(component.isEmpty() ? Cells.text(finding, "place") : component, 40),
          Cells.cut(Cells.list(finding, "versions", 2), 30),
          Cells.cut(Cells.list(finding, "fixedVersions", 2), 30),
          Cells.list(finding, "releaseLines", 3),
          Cells.word(finding, "status"),
          finding.path("status").asText().equals("resolved")
              ? Cells.text(finding, "resolution")
              : finding.path("decision").path("reason").asText(),
          Cells.list(finding, "scanners", 3),
          same ? "" : Cells.text(finding, "asset"));
    }
    table.print(out, indent);
  }

  public static void items(PrintStream out, List<JsonNode> items, String indent) {
    if (items.isEmpty()) {
      return;
    }
    boolean same = asset(out, items, indent);
    TextTable table =
        new TextTable(
                "id",
                "severity",
                "status",
                "deadline",
                "owner",
                "findings",
                "what to do",
                "lines",
                same ? "" : "asset")
            .right(5)
            .dense();
    for (JsonNode item : items) {
      table.row(
          Cells.shortId(item, "id"),
          Cells.word(item, "severity"),
          Cells.word(item, "status"),
          Cells.day(item, "deadline"),
          item.path("owner").isNull() ? "" : Cells.text(item, "owner"),
          item.path("findingCount").asInt(),
          Cells.cut(Cells.text(item, "title"), TITLE),
          fixes(item),
          same ? "" : Cells.text(item, "asset"));
    }
    table.print(out, indent);
  }

  private static String fixes(JsonNode item) {
    StringBuilder lines = new StringBuilder();
    for (JsonNode fix : item.path("fixes")) {
      lines.append(lines.length() == 0 ? "" : ", ").append(Cells.text(fix, "line"));
      if (fix.path("resolved").asBoolean()) {
        lines.append(" done");
      }
    }
    return Cells.cut(lines.toString(), 40);
  }

  private static boolean asset(PrintStream out, List<JsonNode> rows, String indent) {
    boolean same = rows.size() > 1 && Cells.isSame(rows, "asset");
    if (same) {
      out.println(indent + TextTable.plain(Cells.text(rows.get(0), "asset")));
    }
    return same;
  }
}
