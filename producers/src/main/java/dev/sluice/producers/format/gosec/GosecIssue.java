package dev.sluice.producers.format.gosec;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.Numbers;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** One entry of {@code Issues}. Suppressed issues are listed there like the others. */
final class GosecIssue {
  private final RepositoryPaths paths;
  private final Redactor redactor;
  private final Set<String> suppressions = new LinkedHashSet<>();
  private boolean suppressed;
  private String severity;
  private String file;
  private String code;
  private String line;
  private String column;
  private String details;

  GosecIssue(RepositoryPaths paths, Redactor redactor) {
    this.paths = paths;
    this.redactor = redactor;
  }

  ObservationDraft read(JsonCursor json, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    draft.kind(FindingKind.CODE_WEAKNESS);
    json.object(field -> field(json, field, draft));
    if (severity == null) {
      json.warnField("severity", "is missing; the severity is taken as unknown");
    }
    if (file == null || file.isBlank()) {
      json.warnField("file", "is missing");
    } else {
      draft.location(location());
    }
    if (suppressed) {
      String reason = suppressions.isEmpty() ? null : String.join(", ", suppressions);
      draft.state(ScannerState.SUPPRESSED, reason);
    }
    draft.title(details).description(details);
    return draft.firstRating(Ratings.word("gosec", severity));
  }

  private void field(JsonCursor json, String field, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "rule_id" -> draft.nativeId(json.text());
      case "severity" -> severity = json.text();
      case "confidence" -> draft.property("confidence", json.text());
      case "details" -> details = redactor.redactStrictly(json.text());
      case "cwe" -> json.object(part -> cwe(json, part, draft));
      case "file" -> file = json.text();
      case "code" -> code = json.text();
      case "line" -> line = json.scalar();
      case "column" -> column = json.scalar();
      case "autofix" -> draft.property("autofix", json.text());
      case "nosec" -> suppressed |= Boolean.TRUE.equals(json.bool());
      case "suppressions" -> json.objects(() -> suppression(json));
      default -> {}
    }
  }

  private static void cwe(JsonCursor json, String part, ObservationDraft draft) throws IOException {
    switch (part) {
      case "id", "ID" -> draft.cwe(json.scalar());
      case "url", "URL" -> draft.reference(json.text());
      default -> {}
    }
  }

  private void suppression(JsonCursor json) throws IOException, UnreadableReportException {
    suppressed = true;
    String[] parts = {"", ""};
    json.object(
        name -> {
          switch (name) {
            case "kind" -> parts[0] = json.text();
            case "justification" -> parts[1] = json.text();
            default -> {}
          }
        });
    boolean said = parts[1] != null && !parts[1].isBlank();
    suppressions.add(said ? parts[0] + ": " + parts[1] : String.valueOf(parts[0]));
  }

  private Location location() {
    Integer start = null;
    Integer end = null;
    if (line != null) {
      int dash = line.indexOf('-');
      start = number(dash < 0 ? line : line.substring(0, dash));
      end = dash < 0 ? start : number(line.substring(dash + 1));
    }
    String hash = redactor.snippetHash(causeOf(code, start, end));
    String keyId = hash == null ? null : redactor.keyId();
    return new Location(paths.of(file), start, end, number(column), null, null, hash, keyId);
  }

  private static Integer number(String text) {
    Double value = Numbers.parse(text);
    return value == null || value < 1 || value > Integer.MAX_VALUE ? null : value.intValue();
  }

  /**
   * The lines of the issue itself: newer versions put a line before and after, each behind its
   * number. Neighbours and numbers would change the identity when code moves.
   */
  static String causeOf(String code, Integer start, Integer end) {
    if (code == null || start == null || end == null) {
      return code;
    }
    StringBuilder cause = new StringBuilder();
    for (String each : code.split("\n", -1)) {
      int colon = each.indexOf(": ");
      Integer number = colon > 0 && colon < 9 ? number(each.substring(0, colon)) : null;
      if (number == null && !each.isBlank()) {
        return code;
      }
      if (number != null && number >= start && number <= end) {
        cause.append(each.substring(colon + 2)).append('\n');
      }
    }
    return cause.length() == 0 ? code : cause.toString();
  }
}
