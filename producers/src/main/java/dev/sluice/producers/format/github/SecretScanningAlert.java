package dev.sluice.producers.format.github;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.events.Scanner;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Secret;
import dev.sluice.events.SecretValidity;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** A secret scanning alert. A list holds the secret itself, a webhook does not. */
final class SecretScanningAlert extends Alert {
  /** Shortest value that is one; the redactor looks for no shorter ones either. */
  private static final int SHORTEST = 4;

  private final RepositoryPaths paths;
  private String type;
  private String typeName;
  private String value;
  private String validity;
  private String path;
  private Integer startLine;
  private Integer endLine;
  private Boolean leaked;
  private Boolean bypassed;

  SecretScanningAlert(RepositoryPaths paths) {
    this.paths = paths;
  }

  @Override
  void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "secret_type" -> type = json.text();
      case "secret_type_display_name" -> typeName = json.text();
      case "secret" -> value = json.text();
      case "validity" -> validity = json.text();
      case "publicly_leaked" -> leaked = json.bool();
      case "push_protection_bypassed" -> bypassed = json.bool();
      case "first_location_detected" -> json.object(part -> location(json, part));
      default -> {}
    }
  }

  private void location(JsonCursor json, String part) throws IOException {
    switch (part) {
      case "path" -> path = json.text();
      case "start_line" -> startLine = json.integer();
      case "end_line" -> endLine = json.integer();
      default -> {}
    }
  }

  @Override
  Scanner scanner() {
    return Scanners.of("github secret scanning", null, null, null);
  }

  @Override
  String furtherState() {
    return reason() == null ? null : "resolved";
  }

  /** Only revoking ends a secret; what people say about it otherwise is a dismissal. */
  @Override
  ScannerState resolved() {
    return "revoked".equals(reason()) ? ScannerState.FIXED : ScannerState.DISMISSED;
  }

  @Override
  ObservationDraft draft(AlertEvent event, Redactor redactor) {
    boolean known = known();
    ObservationDraft draft = new ObservationDraft(redactor).kind(FindingKind.SECRET);
    draft.knownSecret(value);
    draft.nativeId(type);
    draft.title(first(typeName, type));
    // Without the secret only its alert's number tells it from others, in a list as in a webhook.
    String context = known ? null : redactor.hmac("github-alert-" + number());
    draft.secret(
        new Secret(
            TextLimits.cutIdentity(type == null ? "" : type, TextLimits.ID),
            known ? redactor.hmac(value) : null,
            redactor.keyId(),
            known ? redactor.preview(value) : "",
            validity(),
            context));
    if (path != null && !path.isBlank()) {
      String place = redactor.redact(paths.of(path), value);
      if (known) {
        draft.location(
            new Location(
                place, positive(startLine), positive(endLine), null, null, null, null, null));
      } else {
        draft.property("path", place);
      }
    }
    draft.property("publiclyLeaked", leaked == null ? null : leaked.toString());
    return draft.property("pushProtectionBypassed", bypassed == null ? null : bypassed.toString());
  }

  private boolean known() {
    return value != null && value.strip().length() >= SHORTEST && value.indexOf('*') < 0;
  }

  /** People quote the secret in it, or a part that nobody would recognise. */
  @Override
  boolean keepsComment() {
    return false;
  }

  private SecretValidity validity() {
    if ("inactive".equals(validity) || "revoked".equals(reason())) {
      return SecretValidity.REVOKED;
    }
    return "active".equals(validity) ? SecretValidity.LIVE : SecretValidity.UNKNOWN;
  }

  private static Integer positive(Integer number) {
    return number == null || number < 1 ? null : number;
  }
}
