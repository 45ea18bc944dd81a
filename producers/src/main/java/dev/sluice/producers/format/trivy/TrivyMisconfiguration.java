package dev.sluice.producers.format.trivy;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.events.Resource;
import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.Locale;

/** One entry of {@code Misconfigurations}: a check that failed. */
final class TrivyMisconfiguration {
  private final TrivyResults.Result result;
  private final RepositoryPaths paths;
  private final Redactor redactor;

  private String id;
  private String avdId;
  private String status;
  private String severity;
  private String address;
  private String provider;
  private Integer startLine;
  private Integer endLine;
  private final StringBuilder code = new StringBuilder();

  TrivyMisconfiguration(TrivyResults.Result result, RepositoryPaths paths, Redactor redactor) {
    this.result = result;
    this.paths = paths;
    this.redactor = redactor;
  }

  /** The claim; null if the check passed. */
  ObservationDraft read(JsonCursor json, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    draft.kind(FindingKind.MISCONFIGURATION);
    json.object(field -> field(json, field, draft));
    if ("PASS".equalsIgnoreCase(status)) {
      return null;
    }
    if ("EXCEPTION".equalsIgnoreCase(status)) {
      draft.state(ScannerState.SUPPRESSED, "exception");
    }
    // The long id outlived the short one, which newer reports have no more.
    boolean hasLong = avdId != null && !avdId.isBlank();
    draft.nativeId(hasLong ? avdId : id);
    draft.deprecatedId(id);
    if (severity == null) {
      json.warnField("Severity", "is missing; the severity is taken as unknown");
    }
    draft.firstRating(Ratings.word("trivy", severity));
    String file = result.resource == null && result.target != null ? paths.of(result.target) : null;
    String place = result.resource != null ? result.resource : TrivyResults.orEmpty(file);
    boolean named = address != null && !address.isBlank();
    draft.resource(
        new Resource(
            named ? address : place,
            result.type.isEmpty() ? null : result.type,
            provider == null ? null : provider.toLowerCase(Locale.ROOT)));
    if (file != null && !file.isEmpty()) {
      String hash = redactor.snippetHash(code.toString());
      draft.location(
          new Location(file, line(startLine), line(endLine), null, null, null, hash, keyId(hash)));
    }
    return draft;
  }

  private String keyId(String hash) {
    return hash == null ? null : redactor.keyId();
  }

  private static Integer line(Integer number) {
    return number == null || number < 1 ? null : number;
  }

  private void field(JsonCursor json, String field, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "ID" -> id = json.text();
      case "AVDID" -> avdId = json.text();
      case "Title" -> draft.title(json.text());
      case "Description" -> draft.description(json.text());
      case "Message" -> draft.property("message", json.text());
      case "Resolution" -> draft.property("resolution", json.text());
      case "Namespace" -> draft.property("namespace", json.text());
      case "Severity" -> severity = json.text();
      case "PrimaryURL" -> draft.reference(json.text());
      case "References" -> json.array(() -> draft.reference(json.text()));
      case "Status" -> status = json.text();
      case "CauseMetadata" -> json.object(part -> cause(json, part));
      default -> {}
    }
  }

  private void cause(JsonCursor json, String part) throws IOException, UnreadableReportException {
    switch (part) {
      case "Resource" -> address = json.text();
      case "Provider" -> provider = json.text();
      case "StartLine" -> startLine = json.integer();
      case "EndLine" -> endLine = json.integer();
      case "Code" -> TrivySecret.causeLines(json, code);
      default -> {}
    }
  }
}
