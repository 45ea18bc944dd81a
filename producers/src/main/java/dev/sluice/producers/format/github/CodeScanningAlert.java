package dev.sluice.producers.format.github;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.events.Rating;
import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A code scanning alert, of whatever tool uploaded its results. */
final class CodeScanningAlert extends Alert {
  private static final int MOST_TAGS = 100;

  private final RepositoryPaths paths;
  private final List<String> tags = new ArrayList<>();
  private String rule;
  private String ruleName;
  private String level;
  private String securitySeverity;
  private String title;
  private String fullDescription;
  private String help;
  private String tool;
  private String toolVersion;
  private String ref;
  private String category;
  private String instanceState;
  private String message;
  private String classification;
  private String path;
  private Integer startLine;
  private Integer endLine;
  private Integer startColumn;
  private Integer endColumn;

  CodeScanningAlert(RepositoryPaths paths) {
    this.paths = paths;
  }

  @Override
  void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "rule" -> json.object(part -> rule(json, part));
      case "tool" -> json.object(part -> tool(json, part));
      case "most_recent_instance" -> json.object(part -> instance(json, part));
      // What older events have instead; the last one is the most recent.
      case "instances" -> json.objects(() -> json.object(part -> instance(json, part)));
      default -> {}
    }
  }

  private void rule(JsonCursor json, String part) throws IOException, UnreadableReportException {
    switch (part) {
      case "id" -> rule = json.text();
      case "name" -> ruleName = json.text();
      case "severity" -> level = json.text();
      case "security_severity_level" -> securitySeverity = json.text();
      case "description" -> title = json.text();
      case "full_description" -> fullDescription = json.text();
      case "help_uri" -> help = json.text();
      case "tags" ->
          json.array(
              () -> {
                String tag = json.text();
                if (tag != null && tags.size() < MOST_TAGS) {
                  tags.add(tag);
                }
              });
      default -> {}
    }
  }

  private void tool(JsonCursor json, String part) throws IOException {
    switch (part) {
      case "name" -> tool = json.text();
      case "version" -> toolVersion = json.text();
      default -> {}
    }
  }

  private void instance(JsonCursor json, String part)
      throws IOException, UnreadableReportException {
    switch (part) {
      case "ref" -> ref = json.text();
      case "category" -> category = json.text();
      case "state" -> instanceState = json.text();
      case "classifications" ->
          json.array(() -> classification = first(classification, json.text()));
      case "message" ->
          json.object(
              field -> {
                if (field.equals("text")) {
                  message = json.text();
                }
              });
      case "location" -> json.object(field -> location(json, field));
      default -> {}
    }
  }

  private void location(JsonCursor json, String field) throws IOException {
    switch (field) {
      case "path" -> path = json.text();
      case "start_line" -> startLine = json.integer();
      case "end_line" -> endLine = json.integer();
      case "start_column" -> startColumn = json.integer();
      case "end_column" -> endColumn = json.integer();
      default -> {}
    }
  }

  @Override
  Scanner scanner() {
    String version = "None".equals(toolVersion) ? null : toolVersion;
    return Scanners.of(first(tool, "github code scanning"), version, null, null);
  }

  @Override
  Scope scope() {
    Scope scope = Scanners.everything();
    scope.setRuleset(category == null || category.isBlank() ? null : category);
    return scope;
  }

  @Override
  String ref(AlertEvent event) {
    return first(event.ref(), ref);
  }

  @Override
  String furtherState() {
    return first(instanceState);
  }

  @Override
  ObservationDraft draft(AlertEvent event, Redactor redactor) {
    String said = redactor.redactStrictly(message);
    ObservationDraft draft = new ObservationDraft(redactor).kind(FindingKind.CODE_WEAKNESS);
    draft.nativeId(rule).title(first(title, said, rule));
    boolean both = first(said) != null && first(fullDescription) != null;
    draft.description(both ? said + "\n\n" + fullDescription : first(said, fullDescription));
    draft.reference(help);
    if (first(securitySeverity) != null) {
      draft.rating(Ratings.word("github", securitySeverity));
    }
    if (first(level) != null) {
      Rating word = Ratings.word("sarif-level", level);
      draft.rating(new Rating("sarif-level", word.getSeverity(), level, null, null, "level"));
    }
    for (String tag : tags) {
      if (tag.regionMatches(true, 0, "CWE", 0, 3) || tag.startsWith("external/cwe/")) {
        draft.cwe(tag);
      }
    }
    if (path != null && !path.isBlank()) {
      draft.location(
          new Location(
              paths.ofUri(path),
              positive(startLine),
              positive(endLine),
              positive(startColumn),
              positive(endColumn),
              null,
              null,
              null));
    }
    // An alert has neither snippet nor line hash: what tells it from its like is its number.
    draft.fingerprint("fingerprint", number() == null ? null : "github-alert-" + number());
    draft.property("rule", ruleName);
    return draft.property("classification", TextLimits.cut(classification, 60));
  }

  private static Integer positive(Integer number) {
    return number == null || number < 1 ? null : number;
  }
}
