package dev.sluice.producers.format.snyk;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.events.Resource;
import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.List;

/** The second reading: every issue, with its project. */
final class SnykResults {
  private final ReaderSettings settings;
  private final ReportHandler handler;
  private final Warnings warnings;
  private final SnykProjects projects;

  SnykResults(
      ReaderSettings settings, ReportHandler handler, Warnings warnings, SnykProjects projects) {
    this.settings = settings;
    this.handler = handler;
    this.warnings = warnings;
    this.projects = projects;
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    if (!json.isArray()) {
      project(json, projects.project(0));
      return;
    }
    int[] index = {0};
    json.records(() -> project(json, projects.project(index[0]++)));
  }

  private void project(JsonCursor json, SnykProjects.Project project)
      throws IOException, UnreadableReportException {
    json.structure(
        name -> {
          switch (name) {
            case "vulnerabilities" ->
                json.records(() -> vulnerability(json, project, ScannerState.OPEN));
            case "infrastructureAsCodeIssues" ->
                json.records(() -> configuration(JsonEntry.read(json, warnings), project));
            case "filtered" -> json.object(field -> filtered(json, field, project));
            case "applications" -> {
              int[] index = {0};
              json.records(
                  () -> {
                    if (index[0] < project.applications.size()) {
                      project(json, project.applications.get(index[0]++));
                    }
                  });
            }
            default -> {}
          }
        });
  }

  /** What a policy file hides is still there. */
  private void filtered(JsonCursor json, String field, SnykProjects.Project project)
      throws IOException, UnreadableReportException {
    if (field.equals("ignore") || field.equals("patch")) {
      json.objects(() -> vulnerability(json, project, ScannerState.SUPPRESSED));
    }
  }

  private void vulnerability(JsonCursor json, SnykProjects.Project project, ScannerState state)
      throws IOException, UnreadableReportException {
    JsonEntry entry = JsonEntry.read(json, warnings, SnykVulnerability.FIELDS);
    ObservationDraft draft = new ObservationDraft(settings.redactor());
    new SnykVulnerability(entry, project).write(draft);
    if (state == ScannerState.SUPPRESSED) {
      draft.state(state, reason(entry));
    }
    emit(entry, draft);
  }

  private static String reason(JsonEntry entry) {
    String[] reason = {"ignored by policy"};
    entry
        .at("filtered")
        .at("ignored")
        .objects(
            each -> {
              String said = each.text("reason");
              String until = each.at("expires").scalar();
              if (said != null && !said.isBlank()) {
                reason[0] =
                    said + (until == null || until.isBlank() ? "" : " (until " + until + ")");
              }
            });
    return entry.at("filtered").has("patches") ? "patched by Snyk" : reason[0];
  }

  private void configuration(JsonEntry entry, SnykProjects.Project project) throws IOException {
    ObservationDraft draft = new ObservationDraft(settings.redactor());
    draft.kind(FindingKind.MISCONFIGURATION);
    String id = entry.text(entry.has("publicId") ? "publicId" : "id");
    draft.nativeId(id);
    String former = entry.text("id");
    draft.deprecatedId(former);
    draft.title(entry.text("title"));
    draft.description(entry.text(entry.has("issue") ? "issue" : "description"));
    draft.property("impact", entry.text("impact"));
    draft.property("resolution", entry.text("resolve"));
    draft.reference(entry.text("documentation"));
    entry.texts("references").forEach(draft::reference);
    String severity = entry.text("severity");
    if (severity == null) {
      entry.warnMissing("severity");
    }
    draft.rating(Ratings.word("snyk", severity));
    List<String> path = entry.texts("path");
    String address = entry.text("msg");
    address = address == null || address.isBlank() ? String.join(".", path) : address;
    draft.resource(new Resource(address, entry.text("subType"), project.manager));
    if (project.file != null && !project.file.isEmpty()) {
      Integer line = entry.at("lineNumber").integer();
      Integer start = line == null || line < 1 ? null : line;
      draft.location(new Location(project.file, start, null, null, null, null, null, null));
    }
    if (Boolean.TRUE.equals(entry.bool("isIgnored"))) {
      draft.state(ScannerState.SUPPRESSED, "ignored by policy");
    }
    emit(entry, draft);
  }

  private void emit(JsonEntry entry, ObservationDraft draft) throws IOException {
    if (draft.identified()) {
      handler.observation(draft.build());
    } else {
      entry.warn("has no id and cannot be told from others; it is left out");
    }
  }
}
