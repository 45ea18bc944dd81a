package dev.sluice.producers.format.github;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Scanner;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Purls;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A Dependabot alert: of the REST API and {@code dependabot_alert}, and of the {@code
 * repository_vulnerability_alert} that came before it, whose fields are flat.
 */
final class DependabotAlert extends Alert {
  private final Advisory advisory = new Advisory();
  private String ecosystem;
  private String name;
  private String manifest;
  private String scope;
  private String relationship;
  private String severity;
  private String range;
  private String fixedVersion;

  @Override
  void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "dependency" -> json.object(part -> dependency(json, part));
      case "security_advisory" -> json.object(part -> advisory.field(json, part));
      case "security_vulnerability" -> json.object(part -> vulnerability(json, part));
      case "affected_package_name" -> name = json.text();
      case "affected_range" -> range = json.text();
      case "external_identifier" -> advisory.identifier(json.text());
      case "external_reference" -> advisory.reference(json.text());
      case "ghsa_id" -> advisory.identifier(json.text());
      case "fixed_in" -> fixedVersion = json.text();
      case "severity" -> severity = json.text();
      default -> {}
    }
  }

  private void dependency(JsonCursor json, String part)
      throws IOException, UnreadableReportException {
    switch (part) {
      case "package" -> json.object(field -> packageField(json, field));
      case "manifest_path" -> manifest = json.text();
      case "scope" -> scope = json.text();
      case "relationship" -> relationship = json.text();
      default -> {}
    }
  }

  private void packageField(JsonCursor json, String field) throws IOException {
    switch (field) {
      case "ecosystem" -> ecosystem = first(json.text(), ecosystem);
      case "name" -> name = first(json.text(), name);
      default -> {}
    }
  }

  private void vulnerability(JsonCursor json, String part)
      throws IOException, UnreadableReportException {
    switch (part) {
      case "package" -> json.object(field -> packageField(json, field));
      case "severity" -> severity = json.text();
      case "vulnerable_version_range" -> range = json.text();
      case "first_patched_version" ->
          json.object(
              field -> {
                if (field.equals("identifier")) {
                  fixedVersion = json.text();
                }
              });
      default -> {}
    }
  }

  @Override
  Scanner scanner() {
    return Scanners.of("dependabot", null, null, null);
  }

  @Override
  ObservationDraft draft(AlertEvent event, Redactor redactor) {
    ObservationDraft draft = new ObservationDraft(redactor).kind(FindingKind.VULNERABLE_PACKAGE);
    if (severity != null) {
      draft.rating(Ratings.word("ghsa", severity));
    }
    advisory.fill(draft);
    draft.component(component(ecosystem, name, null, manifest, relationship));
    draft.place(manifest);
    draft.fixedVersion(fixedVersion);
    draft.fixState(draft.hasFix() ? FixState.FIXED : FixState.NOT_FIXED);
    draft.property("scope", scope);
    return draft.property("vulnerableRange", range);
  }

  /** The package; null where it has no name. */
  static Component component(
      String ecosystem, String name, String version, String manifest, String relationship) {
    if (name == null || name.isBlank()) {
      return null;
    }
    String type = type(ecosystem);
    List<String> places = new ArrayList<>(1);
    if (manifest != null && !manifest.isBlank()) {
      places.add(manifest);
    }
    return new Component(
        Purls.language(type, name, version),
        name,
        version,
        type == null ? "" : type,
        null,
        null,
        null,
        null,
        null,
        directness(relationship),
        places,
        places.size());
  }

  /** purl type of an ecosystem of GitHub's advisories; null where it is not known. */
  static String type(String ecosystem) {
    if (ecosystem == null) {
      return null;
    }
    String word = ecosystem.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "docker", "docker_compose", "docker-compose" -> "docker";
      case "helm" -> "helm";
      case "npm_and_yarn" -> "npm";
      case "go_modules" -> "golang";
      case "github_actions" -> "githubactions";
      default -> Purls.type(word);
    };
  }

  private static Directness directness(String relationship) {
    return switch (relationship == null ? "" : relationship.toLowerCase(Locale.ROOT)) {
      case "direct" -> Directness.DIRECT;
      case "transitive" -> Directness.TRANSITIVE;
      default -> Directness.UNKNOWN;
    };
  }
}
