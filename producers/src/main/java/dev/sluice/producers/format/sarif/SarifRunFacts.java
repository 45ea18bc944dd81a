package dev.sluice.producers.format.sarif;

import dev.sluice.producers.format.Times;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** Fills a run with everything but its results. */
final class SarifRunFacts {
  private final SarifRun run;

  SarifRunFacts(SarifRun run) {
    this.run = run;
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    json.object(
        name -> {
          switch (name) {
            case "tool" -> json.object(part -> tool(json, part));
            case "automationDetails" ->
                json.object(
                    part -> {
                      if (part.equals("id")) {
                        run.automationId = json.text();
                      }
                    });
            case "versionControlProvenance" -> json.objects(() -> provenance(json));
            case "originalUriBaseIds" -> json.object(base -> uriBase(json, base));
            case "artifacts" -> json.objects(() -> artifact(json));
            case "logicalLocations" -> logicalLocations(json);
            case "invocations" -> json.objects(() -> json.object(part -> invocation(json, part)));
            case "properties" -> json.object(part -> properties(json, part));
            case "results" -> {
              if (!json.isArray() && !json.isNull()) {
                throw json.unreadable("expected an array of results");
              }
              json.skipUnchecked();
            }
            default -> {}
          }
        });
    if (run.toolName == null || run.toolName.isBlank()) {
      json.warnField("tool.driver.name", "is missing; the scanner is called unknown");
    }
  }

  private void tool(JsonCursor json, String part) throws IOException, UnreadableReportException {
    switch (part) {
      case "driver" -> component(json, SarifRun.DRIVER);
      case "extensions" -> {
        int[] index = {0};
        json.array(() -> component(json, index[0]++));
      }
      default -> {}
    }
  }

  private void component(JsonCursor json, int component)
      throws IOException, UnreadableReportException {
    int[] index = {0};
    json.object(
        name -> {
          switch (name) {
            case "name" -> {
              String text = json.text();
              if (component == SarifRun.DRIVER) {
                run.toolName = text;
              } else if (text != null) {
                run.componentNames.putIfAbsent(text, component);
              }
            }
            case "guid" -> {
              String text = json.text();
              if (text != null) {
                run.componentNames.putIfAbsent(text, component);
              }
            }
            case "version" -> version(component, json.text(), true);
            case "semanticVersion" -> version(component, json.text(), false);
            case "properties" ->
                json.object(
                    part -> {
                      if (part.equals("db_last_modified") && component == SarifRun.DRIVER) {
                        run.databaseBuilt = Times.parse(json.text());
                      }
                    });
            case "globalMessageStrings" ->
                json.object(
                    id -> {
                      String text = SarifRule.messageText(json);
                      if (text != null && run.globalMessages.size() < 1_000) {
                        run.globalMessages.put(id, text);
                      }
                    });
            case "rules" ->
                json.objects(() -> run.addRule(component, index[0]++, SarifRule.read(json)));
            default -> {}
          }
        });
  }

  private void version(int component, String text, boolean preferred) {
    if (component == SarifRun.DRIVER
        && text != null
        && !text.isBlank()
        && (preferred || run.toolVersion == null)) {
      run.toolVersion = text;
    }
  }

  private void provenance(JsonCursor json) throws IOException, UnreadableReportException {
    boolean first = run.repositoryUri == null && run.revision == null;
    json.object(
        part -> {
          switch (part) {
            case "repositoryUri" -> run.repositoryUri = first ? json.text() : run.repositoryUri;
            case "revisionId" -> run.revision = first ? json.text() : run.revision;
            case "branch" -> run.branch = first ? json.text() : run.branch;
            default -> {}
          }
        });
  }

  private void uriBase(JsonCursor json, String base) throws IOException, UnreadableReportException {
    String[] parts = {null, null};
    json.object(
        part -> {
          switch (part) {
            case "uri" -> parts[0] = json.text();
            case "uriBaseId" -> parts[1] = json.text();
            default -> {}
          }
        });
    if (run.uriBases.size() < 100) {
      run.uriBases.put(base, new SarifRun.UriBase(parts[0], parts[1]));
    }
  }

  private void artifact(JsonCursor json) throws IOException, UnreadableReportException {
    String[] parts = {null, null};
    json.object(
        name -> {
          if (name.equals("location")) {
            json.object(
                part -> {
                  switch (part) {
                    case "uri" -> parts[0] = json.text();
                    case "uriBaseId" -> parts[1] = json.text();
                    default -> {}
                  }
                });
          }
        });
    run.addArtifact(parts[0], parts[1]);
  }

  private void logicalLocations(JsonCursor json) throws IOException, UnreadableReportException {
    if (json.isObject()) {
      // Before 2.1.0 this was a map; nothing in it can be pointed to by position.
      return;
    }
    json.objects(
        () -> {
          String[] parts = {null, null};
          json.object(
              part -> {
                switch (part) {
                  case "fullyQualifiedName" -> parts[0] = json.text();
                  case "name" -> parts[1] = json.text();
                  default -> {}
                }
              });
          run.addLogicalLocation(parts[0] == null ? parts[1] : parts[0]);
        });
  }

  private void invocation(JsonCursor json, String part) throws IOException {
    switch (part) {
      case "endTimeUtc" -> run.time = Times.parse(json.text());
      case "startTimeUtc" -> {
        String text = json.text();
        run.time = run.time == null ? Times.parse(text) : run.time;
      }
      case "executionSuccessful" -> {
        if (Boolean.FALSE.equals(json.bool())) {
          run.failed = true;
          json.warn(
              "the tool says that it did not run to its end: what it does not see stays open");
        }
      }
      default -> {}
    }
  }

  /** Trivy names the image here. */
  private void properties(JsonCursor json, String part)
      throws IOException, UnreadableReportException {
    switch (part) {
      case "imageName" -> run.imageName = json.text();
      case "imageID" -> run.imageId = json.text();
      case "repoTags" -> json.array(() -> run.addTag(json.text()));
      case "repoDigests" -> json.array(() -> run.addDigest(json.text()));
      case "semmle.sourceLanguage" -> run.language = json.text();
      default -> {}
    }
  }
}
