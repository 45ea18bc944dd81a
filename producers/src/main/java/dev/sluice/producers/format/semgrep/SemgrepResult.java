package dev.sluice.producers.format.semgrep;

import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Location;
import dev.sluice.events.Reachability;
import dev.sluice.events.ScannerState;
import dev.sluice.events.SecretValidity;
import dev.sluice.producers.format.FoundSecret;
import dev.sluice.producers.format.Locations;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.Locale;

/** One entry of {@code results}. */
final class SemgrepResult {
  /** What stands for the text and the fingerprint where nobody is logged in. */
  private static final String WITHHELD = "requires login";

  private final RepositoryPaths paths;
  private final Redactor redactor;
  private final ObservationDraft draft;
  private final SemgrepMetadata metadata;
  private final SemgrepPackage dependency = new SemgrepPackage();

  private String path;
  private Integer startLine;
  private Integer startColumn;
  private Integer endLine;
  private Integer endColumn;
  private String message;
  private String severity;
  private String lines;
  private String validation = "";

  SemgrepResult(RepositoryPaths paths, Redactor redactor, ObservationDraft draft) {
    this.paths = paths;
    this.redactor = redactor;
    this.draft = draft;
    this.metadata = new SemgrepMetadata(draft);
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    draft.kind(FindingKind.CODE_WEAKNESS);
    json.object(field -> field(json, field));
    if (!draft.identified()) {
      return;
    }
    if (severity == null) {
      json.warnField("extra.severity", "is missing; the severity is taken as unknown");
    }
    draft.firstRating(Ratings.word("semgrep", severity));
    draft.title(message == null ? draft.nativeId() : message).description(message);
    if (path == null || path.isBlank()) {
      json.warnField("path", "is missing");
    } else {
      draft.location(location());
    }
    if (dependency.present()) {
      vulnerablePackage();
    } else if (metadata.secret() || validation.startsWith("confirmed")) {
      secret();
    }
  }

  private Location location() {
    Location location = Locations.snippet(paths.of(path), startLine, endLine, lines, redactor);
    location.setStartColumn(Locations.positive(startColumn));
    location.setEndColumn(Locations.positive(endColumn));
    return location;
  }

  /** Supply chain: the rule stands for an advisory, and the place for the use of the package. */
  private void vulnerablePackage() {
    draft.kind(FindingKind.VULNERABLE_PACKAGE);
    String rule = draft.nativeId();
    if (metadata.advisory() != null) {
      draft.property("rule", rule);
      draft.nativeId(metadata.advisory());
    }
    draft.component(dependency.component());
    metadata.fixes(dependency.name()).forEach(draft::fixedVersion);
    draft.fixState(draft.hasFix() ? FixState.FIXED : FixState.UNKNOWN);
    draft.reachability(
        dependency.reachable() == null
            ? Reachability.UNKNOWN
            : dependency.reachable() ? Reachability.CALLED : Reachability.REQUIRED);
  }

  /** Semgrep does not say which part of the line is the secret, so the line is the identity. */
  private void secret() {
    draft.kind(FindingKind.SECRET);
    SecretValidity validity =
        switch (validation) {
          case "confirmed_valid" -> SecretValidity.LIVE;
          case "confirmed_invalid" -> SecretValidity.REVOKED;
          default -> SecretValidity.UNKNOWN;
        };
    draft.secret(FoundSecret.of(redactor, draft.nativeId(), null, lines, validity));
  }

  private void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "check_id" -> draft.nativeId(json.text());
      case "path" -> path = json.text();
      case "start" ->
          json.object(
              part -> {
                switch (part) {
                  case "line" -> startLine = json.integer();
                  case "col" -> startColumn = json.integer();
                  default -> {}
                }
              });
      case "end" ->
          json.object(
              part -> {
                switch (part) {
                  case "line" -> endLine = json.integer();
                  case "col" -> endColumn = json.integer();
                  default -> {}
                }
              });
      case "extra" -> json.object(part -> extra(json, part));
      default -> {}
    }
  }

  private void extra(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "message" -> message = redactor.redactStrictly(json.text());
      case "severity" -> severity = json.text();
      case "lines" -> lines = known(json.text());
      case "fingerprint" -> draft.fingerprint("matchBasedId/v1", known(json.text()));
      case "metadata" -> json.object(part -> metadata.read(json, part));
      case "is_ignored" -> {
        if (Boolean.TRUE.equals(json.bool())) {
          draft.state(ScannerState.SUPPRESSED, "nosemgrep");
        }
      }
      case "fix" -> draft.property("hasAutofix", json.isText() ? "true" : null);
      case "engine_kind" -> draft.property("engine", json.isText() ? json.text() : null);
      case "validation_state" -> {
        String word = json.text();
        validation = word == null ? "" : word.toLowerCase(Locale.ROOT);
        draft.property("validation", word);
      }
      case "sca_info" -> json.object(part -> dependency.read(json, part));
      default -> {}
    }
  }

  private static String known(String text) {
    return text == null || text.strip().equalsIgnoreCase(WITHHELD) ? null : text;
  }
}
