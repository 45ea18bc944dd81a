package dev.sluice.producers.format.semgrep;

import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** Everything in the report but its results. */
final class SemgrepScan {
  private static final int MOST_OF_A_PATH = 300;

  private final Redactor redactor;
  private String version;
  private Long scanned;
  private boolean listed;

  SemgrepScan(Redactor redactor) {
    this.redactor = redactor;
  }

  void read(JsonCursor json, String name) throws IOException, UnreadableReportException {
    switch (name) {
      case "version" -> version = json.text();
      case "results" -> listed = true;
      case "errors" -> json.objects(() -> error(json));
      case "paths" ->
          json.object(
              field -> {
                if (field.equals("scanned")) {
                  scanned = 0L;
                  json.array(() -> scanned++);
                }
              });
      default -> {}
    }
  }

  /**
   * A file that could not be parsed, a rule that timed out: what it would have found is missing.
   */
  private void error(JsonCursor json) throws IOException, UnreadableReportException {
    String[] parts = {null, null};
    json.object(
        field -> {
          switch (field) {
            case "path" -> parts[0] = json.text();
            case "type" -> parts[1] = json.isText() ? json.text() : null;
            default -> {}
          }
        });
    String type = parts[1] == null ? "" : " (" + TextLimits.cut(parts[1], 100) + ")";
    json.warn(
        redactor.redact(
            parts[0] == null
                ? "Semgrep reports an error" + type + "; results may be missing"
                : TextLimits.cut(parts[0], MOST_OF_A_PATH) + " was not fully looked at" + type));
  }

  String version() {
    return version;
  }

  /** Number of files looked at; null where the report does not say. */
  Long scanned() {
    return scanned;
  }

  boolean listed() {
    return listed;
  }
}
