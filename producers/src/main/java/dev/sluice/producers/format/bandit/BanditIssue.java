package dev.sluice.producers.format.bandit;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.producers.format.Locations;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.Numbers;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** One entry of {@code results}. */
final class BanditIssue {
  private static final String QUOTED_PASSWORD = "password: '";

  private final RepositoryPaths paths;
  private final Redactor redactor;
  private final ObservationDraft draft;
  private String file;
  private String severity;
  private String text;
  private String code;
  private Integer line;
  private Integer firstLine;
  private Integer lastLine;
  private Integer column;
  private Integer endColumn;

  BanditIssue(RepositoryPaths paths, Redactor redactor, ObservationDraft draft) {
    this.paths = paths;
    this.redactor = redactor;
    this.draft = draft;
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    draft.kind(FindingKind.CODE_WEAKNESS);
    json.object(field -> field(json, field));
    if (severity == null) {
      json.warnField("issue_severity", "is missing; the severity is taken as unknown");
    }
    draft.firstRating(Ratings.word("bandit", severity));
    String shown = redactor.redactStrictly(withoutPassword(text));
    draft.title(shown).description(shown);
    if (file == null || file.isBlank()) {
      json.warnField("filename", "is missing");
    } else {
      draft.location(location());
    }
  }

  /** B105 to B107 quote the password that they found. */
  private static String withoutPassword(String text) {
    int quote = text == null ? -1 : text.indexOf(QUOTED_PASSWORD);
    return quote < 0 ? text : text.substring(0, quote) + "password";
  }

  private Location location() {
    Integer start = firstLine == null ? line : firstLine;
    Integer end = lastLine == null ? start : lastLine;
    Location location =
        Locations.snippet(paths.of(file), start, end, causeOf(code, start, end), redactor);
    location.setStartColumn(fromOne(column));
    location.setEndColumn(fromOne(endColumn));
    return location;
  }

  /** Bandit counts columns from 0. */
  private static Integer fromOne(Integer column) {
    return column == null || column < 0 || column == Integer.MAX_VALUE ? null : column + 1;
  }

  private void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "test_id" -> draft.nativeId(json.text());
      case "test_name" -> draft.property("test", json.text());
      case "issue_severity" -> severity = json.text();
      case "issue_confidence" -> draft.property("confidence", json.text());
      case "issue_text" -> text = json.text();
      case "issue_cwe" ->
          json.object(
              part -> {
                switch (part) {
                  case "id" -> draft.cwe(json.scalar());
                  case "link" -> draft.reference(json.text());
                  default -> {}
                }
              });
      case "more_info" -> draft.reference(json.text());
      case "filename" -> file = json.text();
      case "code" -> code = json.text();
      case "line_number" -> line = json.integer();
      case "line_range" -> json.array(() -> range(json.integer()));
      case "col_offset" -> column = json.integer();
      case "end_col_offset" -> endColumn = json.integer();
      default -> {}
    }
  }

  private void range(Integer each) {
    if (each != null && each > 0) {
      firstLine = firstLine == null ? each : Math.min(firstLine, each);
      lastLine = lastLine == null ? each : Math.max(lastLine, each);
    }
  }

  /**
   * The lines of the issue itself, of lines that each begin with their number: neighbours and
   * numbers would change the identity when code moves.
   */
  static String causeOf(String code, Integer start, Integer end) {
    if (code == null || start == null || end == null) {
      return code;
    }
    StringBuilder cause = new StringBuilder();
    for (String each : code.split("\n", -1)) {
      int blank = each.indexOf(' ');
      Double number = blank > 0 && blank < 9 ? Numbers.parse(each.substring(0, blank)) : null;
      if (number != null && number >= start && number <= end) {
        cause.append(each.substring(blank + 1)).append('\n');
      }
    }
    return cause.length() == 0 ? code : cause.toString();
  }
}
