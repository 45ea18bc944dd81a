package dev.sluice.producers.format.gitlab;

import dev.sluice.events.Scope;
import dev.sluice.producers.format.ImageName;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.Times;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.Locale;

/** What a report says of its scan. */
final class GitlabFacts {
  private String type;
  private String status;
  private String startTime;
  private String endTime;
  private String scannerId;
  private String scannerName;
  private String scannerVersion;
  private String category;
  private String image;
  private Long components;

  void read(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "scan" -> json.object(part -> scan(json, part));
      case "vulnerabilities" -> {
        // Only what all of them have in common is looked at here.
        json.records(() -> json.object(part -> common(json, part)));
      }
      case "dependency_files" -> {
        long[] count = {0};
        json.objects(
            () ->
                json.object(
                    part -> {
                      if (part.equals("dependencies")) {
                        json.array(() -> count[0]++);
                      }
                    }));
        components = count[0];
      }
      default -> {}
    }
  }

  private void scan(JsonCursor json, String part) throws IOException, UnreadableReportException {
    switch (part) {
      case "type" -> type = json.text();
      case "status" -> status = json.text();
      case "start_time" -> startTime = json.text();
      case "end_time" -> endTime = json.text();
      case "scanner" -> json.object(name -> scanner(json, name));
      default -> {}
    }
  }

  private void scanner(JsonCursor json, String name) throws IOException {
    switch (name) {
      case "id" -> scannerId = first(json.text(), scannerId);
      case "name" -> scannerName = first(json.text(), scannerName);
      case "version" -> scannerVersion = json.text();
      default -> {}
    }
  }

  private void common(JsonCursor json, String part) throws IOException, UnreadableReportException {
    switch (part) {
      case "category" -> category = category == null && json.isText() ? json.text() : category;
      case "location" -> {
        if (image == null && json.isObject()) {
          json.object(
              name -> {
                if (name.equals("image") && json.isText()) {
                  image = json.text();
                }
              });
        }
      }
      default -> {}
    }
  }

  /**
   * sast, dependency_scanning, container_scanning, secret_detection, dast, …; empty if not said.
   */
  String type() {
    String said = first(type, category);
    return said == null ? "" : said.toLowerCase(Locale.ROOT);
  }

  /** Scanner by the short name that other reports of it use too. */
  String scanner() {
    String name = first(scannerId, scannerName);
    return name == null ? "unknown" : name;
  }

  /** Number of dependencies in all files; null where the report lists none. */
  Long components() {
    return components;
  }

  /** A scan that says it failed resolves nothing: it is a statement. */
  ScanFacts facts() {
    Scope scope = Scanners.everything();
    scope.setRuleset(type().isEmpty() ? null : TextLimits.cut(type(), 60));
    ImageName name =
        image == null || image.isBlank() || ImageName.isArchive(image)
            ? null
            : ImageName.parse(image);
    return new ScanFacts(
        Scanners.of(scanner(), scannerVersion, null, null),
        scope,
        name == null ? null : name.repository(),
        name == null ? null : name.tag(),
        name == null ? null : name.digest(),
        null,
        null,
        Times.parse(first(endTime, startTime)),
        "failure".equals(status));
  }

  static String first(String... values) {
    for (String value : values) {
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }
}
