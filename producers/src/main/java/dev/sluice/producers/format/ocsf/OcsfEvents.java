package dev.sluice.producers.format.ocsf;

import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Finds the events of a document and passes on those that are vulnerability findings. */
final class OcsfEvents {
  /** {@code class_uid} of a Vulnerability Finding. */
  static final int CLASS = 2002;

  private static final Set<String> LISTS = Set.of("events", "Findings");
  private static final Set<String> FIELDS =
      Set.of(
          "class_uid",
          "type_uid",
          "activity_id",
          "time",
          "time_dt",
          "severity",
          "severity_id",
          "status",
          "status_id",
          "status_detail",
          "comment",
          "confidence",
          "metadata",
          "cloud",
          "finding_info",
          "resource",
          "resources",
          "vulnerabilities");

  private final Warnings warnings;
  private boolean found;

  OcsfEvents(Warnings warnings) {
    this.warnings = warnings;
  }

  /** Takes a vulnerability finding. */
  interface Taker {
    void take(JsonEntry event) throws IOException;
  }

  void read(JsonCursor json, Taker taker) throws IOException, UnreadableReportException {
    if (json.isArray()) {
      json.records(() -> event(JsonEntry.read(json, warnings, FIELDS), taker));
      return;
    }
    Map<String, JsonEntry> fields = new HashMap<>();
    boolean[] listed = {false};
    json.structure(
        name -> {
          if (LISTS.contains(name)) {
            listed[0] = true;
            json.records(() -> event(JsonEntry.read(json, warnings, FIELDS), taker));
          } else if (FIELDS.contains(name)) {
            fields.put(name, JsonEntry.read(json, warnings));
          }
        });
    if (!listed[0]) {
      event(JsonEntry.of(fields), taker);
    }
  }

  private void event(JsonEntry event, Taker taker) throws IOException {
    Integer stated = event.at("class_uid").integer();
    Integer type = stated == null ? event.at("type_uid").integer() : null;
    // The type is the class and two digits for the activity.
    Integer classOf = type == null ? stated : Integer.valueOf(type / 100);
    if (classOf == null ? event.has("vulnerabilities") : classOf == CLASS) {
      found = true;
      taker.take(event);
    } else {
      event.warn("is no vulnerability finding (class " + CLASS + ") and is passed over");
    }
  }

  void check(String report) throws UnreadableReportException {
    if (!found) {
      throw new UnreadableReportException(
          report
              + ": holds no vulnerability finding (class "
              + CLASS
              + "); events of other classes are not read");
    }
  }
}
