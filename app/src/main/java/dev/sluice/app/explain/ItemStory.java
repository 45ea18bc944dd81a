package dev.sluice.app.explain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.text.TextTable;
import java.util.ArrayList;
import java.util.List;

/** Why an item is what it is. */
final class ItemStory extends Story {
  ItemStory(JsonNode answer) {
    super(answer);
  }

  @Override
  void tell() {
    asOf();
    JsonNode item = answer.path("item");
    line(Cells.text(item, "title"));
    paragraph(Cells.text(item, "summary"));
    TextTable facts = new TextTable("", "");
    facts.row("item", Cells.text(item, "id") + ", " + Cells.word(item, "kind"));
    facts.row("asset", (Cells.text(item, "asset") + " " + Cells.text(item, "unit")).strip());
    facts.row("status", status(item));
    facts.row(
        "severity",
        Cells.word(item, "severity")
            + (item.path("knownExploited").asBoolean() ? ", known to be exploited" : ""));
    facts.row("deadline", deadline(item));
    if (!item.path("owner").isNull()) {
      facts.row("owner", Cells.text(item, "owner"));
    }
    facts.row("why", Cells.text(item, "reason") + " (rule " + Cells.text(item, "rule") + ")");
    facts.row("seen by", Cells.list(item, "scanners", 10));
    facts.print(out, "  ");
    fixes(item);
    findings(item);
    events();
    tickets();
    scans();
  }

  static String status(JsonNode item) {
    String reason = Cells.text(item, "statusReason");
    return Cells.word(item, "status")
        + (reason.isEmpty() ? "" : " (" + reason + ")")
        + ", opened "
        + Cells.minute(item, "openedAt")
        + (item.path("episode").asInt() > 1
            ? ", for the " + item.path("episode").asInt() + ". time"
            : "")
        + (item.has("resolvedAt") ? ", resolved " + Cells.minute(item, "resolvedAt") : "");
  }

  static String deadline(JsonNode item) {
    if (item.path("deadline").isNull()) {
      return "none";
    }
    String reason = Cells.text(item, "deadlineReason");
    return Cells.day(item, "deadline")
        + (item.path("deadlineReason").isNull() || reason.isEmpty() ? "" : " (" + reason + ")");
  }

  private void fixes(JsonNode item) {
    if (item.path("fixes").isEmpty()) {
      return;
    }
    heading("What fixes it");
    TextTable table =
        new TextTable("line", "support", "version", "installed", "upgrade to", "").dense();
    for (JsonNode fix : item.path("fixes")) {
      String conflict = Cells.text(fix, "conflict");
      table.row(
          Cells.text(fix, "line"),
          Cells.word(fix, "support"),
          Cells.text(fix, "headVersion"),
          Cells.list(fix, "installedVersions", 3),
          Cells.text(fix, "fixedVersion"),
          fix.path("resolved").asBoolean() ? "done" : conflict);
    }
    table.print(out, "  ");
  }

  private void findings(JsonNode item) {
    List<JsonNode> findings = new ArrayList<>();
    answer.path("findings").forEach(findings::add);
    if (findings.isEmpty()) {
      item.path("findings").forEach(findings::add);
    }
    if (!findings.isEmpty()) {
      heading("Findings");
      TextTable table =
          new TextTable("id", "severity", "vulnerability", "installed", "status", "seen by", "")
              .dense();
      for (JsonNode finding : findings) {
        table.row(
            Cells.shortId(finding, finding.has("id") ? "id" : "findingId"),
            Cells.word(finding, "severity"),
            Cells.text(finding, "vulnerability"),
            Cells.list(finding, "versions", 2),
            Cells.word(finding, "status"),
            Cells.list(finding, "scanners", 3),
            Cells.cut(Cells.text(finding, "title"), 60));
      }
      table.print(out, "  ");
      int count = item.path("findingCount").asInt();
      if (count > findings.size()) {
        line("  … " + count + " in all");
      }
    }
  }
}
