package dev.sluice.producers.format.checkov;

import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** What Checkov says of one check type as a whole. */
final class CheckovRun {
  private String checkType;
  private String version;
  private Integer resources;
  private int checks;

  void read(JsonCursor json, String name) throws IOException, UnreadableReportException {
    switch (name) {
      case "check_type" -> checkType = json.text();
      case "summary" -> json.object(field -> counter(json, field));
      default -> counter(json, name);
    }
  }

  private void counter(JsonCursor json, String field) throws IOException {
    switch (field) {
      case "checkov_version" -> version = json.text();
      case "resource_count", "resourcecount" -> resources = json.integer();
      case "passed", "failed", "skipped" -> {
        Integer count = json.integer();
        checks += count == null ? 0 : Math.min(1, Math.max(0, count));
      }
      default -> {}
    }
  }

  /** Framework, for example terraform; null where the report has counters alone. */
  String checkType() {
    return checkType == null || checkType.isBlank() ? null : checkType;
  }

  String version() {
    return version;
  }

  /** Number of resources looked at; null where versions before 2.0 do not say. */
  Integer resources() {
    if (resources != null && resources >= 0) {
      return resources;
    }
    return checks == 0 ? 0 : null;
  }
}
