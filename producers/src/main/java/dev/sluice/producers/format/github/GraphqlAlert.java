package dev.sluice.producers.format.github;

import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.Times;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** A {@code RepositoryVulnerabilityAlert} of the GraphQL API, with what the query asked for. */
final class GraphqlAlert {
  private final Advisory advisory = new Advisory();
  private String number;
  private String state;
  private String reason;
  private String comment;
  private String manifest;
  private String requirements;
  private String scope;
  private String relationship;
  private String ecosystem;
  private String name;
  private String severity;
  private String range;
  private String fixedVersion;
  private boolean fixed;
  private boolean dismissed;
  private Instant newest;

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    json.object(field -> field(json, field));
  }

  private void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "number" -> number = json.scalar();
      case "state" -> state = json.text();
      case "dismissReason" -> reason = json.text();
      case "dismissComment" -> comment = json.text();
      case "createdAt" -> time(json.text());
      case "fixedAt" -> fixed |= time(json.text());
      case "dismissedAt", "autoDismissedAt" -> dismissed |= time(json.text());
      case "vulnerableManifestPath" -> manifest = json.text();
      case "vulnerableManifestFilename" -> manifest = manifest == null ? json.text() : manifest;
      case "vulnerableRequirements" -> requirements = json.text();
      case "dependencyScope" -> scope = json.text();
      case "dependencyRelationship" -> relationship = json.text();
      case "securityAdvisory" -> json.object(part -> advisory.field(json, part));
      case "securityVulnerability" -> json.object(part -> vulnerability(json, part));
      default -> {}
    }
  }

  private void vulnerability(JsonCursor json, String part)
      throws IOException, UnreadableReportException {
    switch (part) {
      case "severity" -> severity = json.text();
      case "vulnerableVersionRange" -> range = json.text();
      case "firstPatchedVersion" ->
          json.object(
              field -> {
                if (field.equals("identifier")) {
                  fixedVersion = json.text();
                }
              });
      case "package" ->
          json.object(
              field -> {
                switch (field) {
                  case "ecosystem" -> ecosystem = json.text();
                  case "name" -> name = json.text();
                  default -> {}
                }
              });
      case "advisory" -> json.object(field -> advisory.field(json, field));
      default -> {}
    }
  }

  private boolean time(String text) {
    Instant time = Times.parse(text);
    if (time != null && (newest == null || time.isAfter(newest))) {
      newest = time;
    }
    return time != null;
  }

  Instant newest() {
    return newest;
  }

  ObservationDraft draft(Redactor redactor) {
    ObservationDraft draft = new ObservationDraft(redactor).kind(FindingKind.VULNERABLE_PACKAGE);
    if (severity != null) {
      draft.rating(Ratings.word("ghsa", severity));
    }
    advisory.fill(draft);
    draft.component(DependabotAlert.component(ecosystem, name, version(), manifest, relationship));
    draft.place(manifest);
    draft.fixedVersion(fixedVersion);
    draft.fixState(draft.hasFix() ? FixState.FIXED : FixState.UNKNOWN);
    draft.state(state(), stateReason());
    draft.property("alert", number);
    draft.property("scope", scope == null ? null : scope.toLowerCase(Locale.ROOT));
    draft.property("requirements", requirements);
    return draft.property("vulnerableRange", range);
  }

  /** {@code = 1.5.0} names the version; a range does not. */
  private String version() {
    boolean exact = requirements != null && requirements.matches("=\\s*[0-9A-Za-z][^,\\s]*");
    return exact ? requirements.substring(1).strip() : null;
  }

  private ScannerState state() {
    if (state == null || state.isBlank()) {
      return fixed ? ScannerState.FIXED : dismissed ? ScannerState.DISMISSED : ScannerState.OPEN;
    }
    return switch (state.toUpperCase(Locale.ROOT)) {
      case "OPEN" -> ScannerState.OPEN;
      case "FIXED" -> ScannerState.FIXED;
      case "DISMISSED", "AUTO_DISMISSED" -> ScannerState.DISMISSED;
      default -> ScannerState.UNKNOWN;
    };
  }

  private String stateReason() {
    String why = reason == null ? comment : comment == null ? reason : reason + ": " + comment;
    boolean automatic = "AUTO_DISMISSED".equalsIgnoreCase(state);
    return automatic ? "auto_dismissed" + (why == null ? "" : ": " + why) : why;
  }
}
