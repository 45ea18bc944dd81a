package dev.sluice.app.explain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.text.TextTable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Why a finding is what it is. */
final class FindingStory extends Story {
  private static final int FACTS = 100;

  FindingStory(JsonNode answer) {
    super(answer);
  }

  @Override
  void tell() {
    asOf();
    if (answer.has("redirectedFrom")) {
      line(Cells.text(answer, "redirectedFrom") + " is a former id of this finding.");
      out.println();
    }
    JsonNode finding = answer.path("finding");
    head(finding);
    decision();
    lines(finding);
    evidence(finding);
    sameness(finding);
    item();
    events();
    tickets();
    scans();
  }

  private void head(JsonNode finding) {
    String name = Cells.text(finding, "packageName");
    line(
        Cells.text(finding, "vulnerability")
            + (name.isEmpty() ? "" : " in " + name)
            + ": "
            + Cells.cut(Cells.text(finding, "title"), 120));
    TextTable facts = new TextTable("", "");
    facts.row("finding", Cells.text(finding, "id"));
    facts.row("asset", (Cells.text(finding, "asset") + " " + Cells.text(finding, "unit")).strip());
    if (finding.has("package")) {
      facts.row("package", Cells.text(finding, "package"));
    }
    if (finding.has("sourcePackage")) {
      facts.row("source package", Cells.text(finding, "sourcePackage"));
    }
    JsonNode place = finding.path("location");
    if (place.has("path")) {
      String row = place.has("startLine") ? ":" + place.path("startLine").asInt() : "";
      facts.row("place", Cells.text(place, "path") + row);
    }
    facts.row("severity", severity(finding));
    facts.row("status", status(finding));
    if (finding.has("due")) {
      facts.row("deadline", Cells.day(finding, "due"));
    }
    facts.print(out, "  ");
  }

  private static String severity(JsonNode finding) {
    String source = Cells.text(finding, "severitySource");
    String reason = Cells.text(finding, "severityReason");
    String why = reason.isEmpty() ? source : source + ": " + reason;
    return Cells.word(finding, "severity")
        + (why.isEmpty() ? "" : " (" + why + ")")
        + (finding.path("knownExploited").asBoolean() ? ", known to be exploited" : "")
        + (finding.has("epssScore")
            ? ", EPSS "
                + String.format(java.util.Locale.ROOT, "%.3f", finding.get("epssScore").asDouble())
            : "");
  }

  private static String status(JsonNode finding) {
    return Cells.word(finding, "status")
        + (finding.has("resolution") ? " (" + Cells.text(finding, "resolution") + ")" : "")
        + ", first seen "
        + Cells.minute(finding, "firstSeen")
        + (finding.has("resolvedAt") ? ", resolved " + Cells.minute(finding, "resolvedAt") : "")
        + ", revision "
        + finding.path("revision").asLong();
  }

  private void decision() {
    JsonNode decision = answer.path("decision");
    if (decision.isNull()) {
      heading(
          answer.has("at")
              ? "No decision was known then, or it is older than what is kept."
              : "Its decision is older than what is kept.");
      return;
    }
    heading(
        (decision.path("actionable").asBoolean() ? "Somebody must act" : "Withheld")
            + ": rule "
            + Cells.text(decision, "rule")
            + ", "
            + Cells.text(decision, "reason"));
    paragraph(Cells.text(decision, "explanation"));
    TextTable facts = new TextTable("", "");
    facts.row("decided", Cells.minute(decision, "at") + ", because of " + cause(decision));
    facts.row("policy", version(decision, "policyVersion"));
    if (decision.has("matrixVersion")) {
      facts.row("support matrix", version(decision, "matrixVersion"));
    }
    if (decision.has("suppression")) {
      facts.row("suppression", Cells.text(decision, "suppression"));
    }
    facts.print(out, "  ");
    facts(decision);
    if (answer.path("decisions").size() > 1) {
      heading("Decisions so far");
      TextTable table = new TextTable("", "", "", "");
      for (JsonNode each : answer.path("decisions")) {
        table.row(
            Cells.minute(each, "at"),
            each.path("actionable").asBoolean() ? "act" : "withheld",
            Cells.text(each, "rule") + ", " + Cells.text(each, "reason"),
            cause(each));
      }
      table.print(out, "  ");
    }
  }

  /** The facts that say something: what is empty, false or unknown is left out. */
  private void facts(JsonNode decision) {
    TextTable table = new TextTable("", "");
    boolean any = false;
    for (Map.Entry<String, JsonNode> fact : decision.path("facts").properties()) {
      String value = fact.getValue().asText();
      if (!value.isEmpty()
          && !Set.of("[]", "{}", "false", "UNKNOWN", "unknown", "null").contains(value)) {
        table.row(fact.getKey(), Cells.cut(value, FACTS));
        any = true;
      }
    }
    if (any) {
      line("  on these facts:");
      table.print(out, "    ");
    }
  }

  private static String version(JsonNode decision, String field) {
    String version = Cells.shortId(decision, field);
    return version.isEmpty() ? "built in" : version;
  }

  private void lines(JsonNode finding) {
    if (finding.path("lines").isEmpty()) {
      return;
    }
    heading("Release lines");
    TextTable table =
        new TextTable(
                "line", "support", "version", "", "installed", "fixed in", "seen by", "not seen by")
            .dense();
    for (JsonNode line : finding.path("lines")) {
      table.row(
          Cells.text(line, "line"),
          Cells.word(line, "support"),
          Cells.text(line, "headVersion"),
          line.path("present").asBoolean() ? "there" : "gone",
          Cells.list(line, "installedVersions", 3),
          Cells.text(line, "fixedVersion"),
          Cells.list(line, "seenBy", 5),
          Cells.list(line, "notSeenBy", 5));
    }
    table.print(out, "  ");
  }

  private void evidence(JsonNode finding) {
    JsonNode occurrences = finding.path("occurrences");
    if (occurrences.isEmpty()) {
      return;
    }
    heading("Who reports it");
    TextTable table =
        new TextTable("scanner", "as", "line", "version", "since", "", "place").dense();
    for (JsonNode each : occurrences) {
      table.row(
          Cells.text(each, "scanner"),
          Cells.text(each, "nativeId"),
          Cells.text(each, "line"),
          Cells.text(each, "version"),
          Cells.day(each, "since"),
          each.path("present").asBoolean() ? "" : "no longer",
          Cells.cut(Cells.text(each, "place"), 80));
    }
    table.print(out, "  ");
    long count = finding.path("occurrenceCount").asLong();
    if (count > occurrences.size()) {
      line("  … " + count + " occurrences in all");
    }
  }

  private void sameness(JsonNode finding) {
    Map<String, Set<String>> ids = new TreeMap<>();
    Set<String> all = new LinkedHashSet<>();
    for (JsonNode each : finding.path("occurrences")) {
      String id = Cells.text(each, "nativeId");
      if (!id.isEmpty()) {
        ids.computeIfAbsent(id, known -> new LinkedHashSet<>()).add(Cells.text(each, "scanner"));
        all.add(Cells.text(each, "scanner"));
      }
    }
    List<String> aliases = Cells.texts(finding.path("aliases"));
    if (aliases.isEmpty() && all.size() < 2) {
      return;
    }
    heading("Why it is one finding");
    String name = Cells.text(finding, "vulnerability");
    String what =
        finding.has("package")
            ? "One package, " + Cells.text(finding, "package") + ", and one vulnerability"
            : "One place and one rule";
    paragraph(
        what
            + (aliases.isEmpty()
                ? ", under the same id for everybody: " + name + "."
                : ": " + name + " is also called " + Cells.list(aliases, 10) + "."));
    for (Map.Entry<String, Set<String>> id : ids.entrySet()) {
      if (aliases.isEmpty() && id.getKey().equals(name)) {
        continue;
      }
      line(
          "  "
              + String.join(" and ", id.getValue())
              + (id.getValue().size() > 1 ? " call" : " calls")
              + " it "
              + id.getKey());
    }
    List<String> former = Cells.texts(finding.path("formerIds"));
    if (!former.isEmpty()) {
      line("  It took over " + Cells.list(former, 5) + ".");
    }
  }

  private void item() {
    JsonNode item = answer.path("item");
    if (item.isNull()) {
      return;
    }
    boolean current = answer.path("finding").has("item");
    heading((current ? "Action item: " : "It was part of: ") + Cells.text(item, "title"));
    TextTable facts = new TextTable("", "");
    facts.row("item", Cells.text(item, "id"));
    facts.row("status", ItemStory.status(item));
    facts.row("deadline", ItemStory.deadline(item));
    if (!item.path("owner").isNull()) {
      facts.row("owner", Cells.text(item, "owner"));
    }
    facts.row("findings", item.path("findingCount").asInt());
    facts.print(out, "  ");
  }
}
