package dev.sluice.producers.format.dependencycheck;

import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** Walks a JSON report. */
final class JsonDependencies {
  private JsonDependencies() {}

  static void facts(JsonCursor json, String name, Facts facts)
      throws IOException, UnreadableReportException {
    switch (name) {
      case "scanInfo" ->
          json.object(
              field -> {
                switch (field) {
                  case "engineVersion" -> facts.field(field, json.text());
                  case "dataSource" -> json.objects(() -> dataSource(json, facts));
                  default -> {}
                }
              });
      case "projectInfo" ->
          json.object(
              field -> {
                if (field.equals("reportDate") || field.equals("applicationVersion")) {
                  facts.field(field, json.text());
                }
              });
      default -> {}
    }
  }

  private static void dataSource(JsonCursor json, Facts facts)
      throws IOException, UnreadableReportException {
    String[] parts = {null, null};
    json.object(
        field -> {
          switch (field) {
            case "name" -> parts[0] = json.text();
            case "timestamp" -> parts[1] = json.scalar();
            default -> {}
          }
        });
    facts.dataSource(parts[0], parts[1]);
  }

  static void dependency(JsonCursor json, Dependencies into)
      throws IOException, UnreadableReportException {
    into.begin();
    json.object(
        field -> {
          switch (field) {
            case "fileName" -> into.fileName(json.text());
            case "filePath" -> into.place(json.text());
            case "packages" -> json.objects(() -> identifier(json, into));
            case "relatedDependencies" -> json.objects(() -> related(json, into));
            case "vulnerabilities" ->
                json.records(() -> vulnerability(json, into, into.vulnerability()));
            case "suppressedVulnerabilities" ->
                json.records(() -> vulnerability(json, into, into.vulnerability().suppressed()));
            default -> {}
          }
        });
    into.end();
  }

  private static void identifier(JsonCursor json, Dependencies into)
      throws IOException, UnreadableReportException {
    json.object(
        field -> {
          if (field.equals("id")) {
            into.identifier(json.text());
          }
        });
  }

  private static void related(JsonCursor json, Dependencies into)
      throws IOException, UnreadableReportException {
    json.object(
        field -> {
          if (field.equals("filePath")) {
            into.place(json.text());
          }
        });
  }

  private static void vulnerability(JsonCursor json, Dependencies into, Vulnerability each)
      throws IOException, UnreadableReportException {
    json.object(field -> field(json, field, each));
    if (!into.add(each)) {
      json.warn("the entry has no name and cannot be told from others; it is left out");
    }
  }

  private static void field(JsonCursor json, String field, Vulnerability each)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "source", "name", "severity", "description", "notes" -> each.field(field, json.text());
      case "cwes" -> json.array(() -> each.field("cwe", json.scalar()));
      case "cvssv2" -> score(json, "2", each);
      case "cvssv3" -> score(json, "3", each);
      case "cvssv4" -> score(json, "4", each);
      case "references" ->
          json.objects(
              () ->
                  json.object(
                      part -> {
                        if (part.equals("url")) {
                          each.reference(json.text());
                        }
                      }));
      case "knownExploitedVulnerability" -> {
        if (json.isObject()) {
          each.exploited();
        }
      }
      default -> {}
    }
  }

  private static void score(JsonCursor json, String version, Vulnerability each)
      throws IOException, UnreadableReportException {
    String[] parts = {null, null};
    json.object(
        part -> {
          switch (part) {
            case "score", "baseScore" -> parts[0] = json.scalar();
            case "severity", "baseSeverity" -> parts[1] = json.text();
            default -> {}
          }
        });
    each.score(version, parts[0], parts[1]);
  }
}
