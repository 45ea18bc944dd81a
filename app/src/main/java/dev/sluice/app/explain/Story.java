package dev.sluice.app.explain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.text.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** An explanation for people: one kind of answer, printed top down from what matters most. */
public abstract class Story {
  final JsonNode answer;
  PrintStream out;

  Story(JsonNode answer) {
    this.answer = answer;
  }

  /** The story that fits the answer of {@code /v1/explain}. */
  public static Story of(JsonNode answer) {
    return switch (answer.path("type").asText()) {
      case "finding" -> new FindingStory(answer);
      case "item" -> new ItemStory(answer);
      case "vulnerability" -> new VulnerabilityStory(answer);
      default -> new AmbiguousStory(answer);
    };
  }

  /** Writes it all. */
  public final void print(PrintStream stream) {
    out = stream;
    tell();
  }

  abstract void tell();

  final void line(String text) {
    out.println(TextTable.plain(text).stripTrailing());
  }

  /** A blank line and a heading. */
  final void heading(String text) {
    out.println();
    line(text);
  }

  /** Long text in lines of at most 100 characters, broken at spaces. */
  final void paragraph(String text) {
    StringBuilder line = new StringBuilder();
    for (String word : TextTable.plain(text).split(" +")) {
      if (line.length() + word.length() > 98 && line.length() > 0) {
        line("  " + line);
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    if (line.length() > 0) {
      line("  " + line);
    }
  }

  final void asOf() {
    if (answer.has("at")) {
      line("As of " + Cells.minute(answer, "at") + " UTC; what is known of it is of today.");
      out.println();
    }
  }

  final void events() {
    if (answer.path("events").isEmpty()) {
      return;
    }
    heading("What happened");
    TextTable table = new TextTable("", "", "", "").dense();
    for (JsonNode event : answer.path("events")) {
      table.row(Cells.minute(event, "at"), Cells.word(event, "type"), changes(event), cause(event));
    }
    table.print(out, "  ");
  }

  private static String changes(JsonNode event) {
    List<String> changes = new ArrayList<>();
    for (JsonNode change : event.path("changes")) {
      String before = Cells.text(change, "before");
      String after = Cells.text(change, "after");
      changes.add(
          Cells.text(change, "field")
              + ": "
              + Cells.cut(before.isEmpty() ? "none" : before, 30)
              + " → "
              + Cells.cut(after.isEmpty() ? "none" : after, 30));
    }
    return Cells.list(changes, 3);
  }

  static String cause(JsonNode row) {
    String cause = Cells.text(row, "cause");
    String id = Cells.text(row, "causeId");
    return id.isEmpty() ? cause : cause + " " + id;
  }

  final void tickets() {
    if (answer.path("tickets").isEmpty()) {
      return;
    }
    heading("Where it was sent");
    TextTable table = new TextTable("", "", "", "", "").dense();
    for (JsonNode ticket : answer.path("tickets")) {
      table.row(
          Cells.text(ticket, "sink"),
          Cells.text(ticket, "ticket"),
          Cells.word(ticket, "state"),
          Cells.minute(ticket, "at"),
          Cells.text(ticket, "url"));
    }
    table.print(out, "  ");
  }

  final void scans() {
    if (answer.path("scans").isEmpty()) {
      return;
    }
    heading("Last scans of the asset");
    TextTable table = new TextTable("scanner", "line", "version", "scanned", "", "scan").dense();
    for (JsonNode scan : answer.path("scans")) {
      table.row(
          Cells.text(scan, "scanner"),
          Cells.text(scan, "line"),
          Cells.text(scan, "assetVersion"),
          Cells.minute(scan, "scanTime"),
          Cells.word(scan, "completeness") + ", " + Cells.word(scan, "outcome"),
          Cells.text(scan, "id"));
    }
    table.print(out, "  ");
  }

  /** Findings that carry a vulnerability. */
  private static final class VulnerabilityStory extends Story {
    VulnerabilityStory(JsonNode answer) {
      super(answer);
    }

    @Override
    void tell() {
      List<JsonNode> findings = new ArrayList<>();
      answer.path("findings").forEach(findings::add);
      line(
          Cells.text(answer, "name")
              + ": "
              + findings.size()
              + (findings.size() == 1 ? " finding" : " findings"));
      Lists.findings(out, findings, "  ");
      heading("sluice explain ID says more of one.");
    }
  }

  /** Several that begin alike. */
  private static final class AmbiguousStory extends Story {
    AmbiguousStory(JsonNode answer) {
      super(answer);
    }

    @Override
    void tell() {
      line("Several begin with " + Cells.text(answer, "name") + "; which one?");
      TextTable table = new TextTable("", "", "", "");
      for (JsonNode each : answer.path("candidates")) {
        String vulnerability = Cells.text(each, "vulnerability");
        table.row(
            Cells.text(each, "id"),
            Cells.text(each, "type") + ", " + Cells.word(each, "status"),
            Cells.text(each, "asset"),
            Cells.cut(vulnerability.isEmpty() ? Cells.text(each, "title") : vulnerability, 60));
      }
      table.print(out, "  ");
    }
  }
}
