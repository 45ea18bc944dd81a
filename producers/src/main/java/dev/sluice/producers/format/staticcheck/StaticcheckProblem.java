package dev.sluice.producers.format.staticcheck;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** One line of the report. */
final class StaticcheckProblem {
  private final RepositoryPaths paths;
  private final Redactor redactor;
  private String code;
  private String severity;
  private String message;
  private final Position start = new Position();
  private final Position end = new Position();

  /** A place; zero and an empty file mean that there is none. */
  private static final class Position {
    private String file;
    private Integer line;
    private Integer column;

    void read(JsonCursor json, String field) throws IOException {
      switch (field) {
        case "file" -> file = json.text();
        case "line" -> line = positive(json.integer());
        case "column" -> column = positive(json.integer());
        default -> {}
      }
    }

    private static Integer positive(Integer number) {
      return number == null || number < 1 ? null : number;
    }
  }

  StaticcheckProblem(RepositoryPaths paths, Redactor redactor) {
    this.paths = paths;
    this.redactor = redactor;
  }

  void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "code" -> code = json.text();
      case "severity" -> severity = json.text();
      case "message" -> message = redactor.redactStrictly(json.text());
      case "location" -> json.object(part -> start.read(json, part));
      case "end" -> json.object(part -> end.read(json, part));
      default -> {}
    }
  }

  /** Id of the check; null where it is missing. */
  String code() {
    return code == null || code.isBlank() ? null : code.strip();
  }

  /** Whether it is no problem of the code but the reason why a package was not looked at. */
  boolean notCompiled() {
    return "compile".equals(code());
  }

  ObservationDraft draft(JsonCursor json) {
    ObservationDraft draft = new ObservationDraft(redactor).kind(FindingKind.CODE_WEAKNESS);
    draft.nativeId(code()).title(message).description(message);
    draft.reference("https://staticcheck.dev/docs/checks#" + TextLimits.cut(code(), 40));
    if (severity == null) {
      json.warnField("severity", "is missing; the severity is taken as unknown");
    }
    draft.rating(Ratings.word("staticcheck", severity));
    if ("ignored".equals(severity)) {
      draft.state(ScannerState.SUPPRESSED, "ignored");
    }
    if (start.file == null || start.file.isBlank()) {
      json.warnField("location.file", "is missing");
    } else {
      boolean ends = end.line != null && (start.line == null || end.line >= start.line);
      draft.location(
          new Location(
              paths.of(start.file),
              start.line,
              ends ? end.line : start.line,
              start.column,
              ends ? end.column : null,
              null,
              null,
              null));
    }
    // There is no snippet; the message names what it is about and stays when lines move.
    return draft.fingerprint("fingerprint", message);
  }
}
