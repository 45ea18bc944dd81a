package dev.sluice.producers.format.sluice;

import dev.sluice.events.BaselineState;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Reachability;
import dev.sluice.events.Resource;
import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One entry of {@code findings}. */
final class SluiceFinding {
  private static final int MOST_PROPERTIES = 100;

  private final Redactor redactor;
  private final ObservationDraft draft;
  private final SluicePlace location;
  private final SluiceSecret secret;
  private final SluiceParts parts;
  private final Map<String, String> properties = new LinkedHashMap<>();

  private FindingKind kind;
  private String severity;
  private String vector;
  private Double score;
  private ScannerState state = ScannerState.OPEN;
  private String reason;

  SluiceFinding(RepositoryPaths paths, Redactor redactor, ObservationDraft draft) {
    this.redactor = redactor;
    this.draft = draft;
    this.location = new SluicePlace(paths);
    this.secret = new SluiceSecret();
    this.parts = new SluiceParts(redactor);
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    json.object(field -> field(json, field));
    if (kind == null) {
      json.warnField("kind", "is missing; the kind is taken as unknown");
    }
    draft.kind(kind == null ? FindingKind.UNKNOWN : kind);
    draft.knownSecret(secret.value());
    properties.forEach(draft::property);
    draft.state(state, reason);
    if (score != null || vector != null) {
      draft.firstRating(
          Ratings.cvss("scanner", vector, score, Ratings.cvssMethod(vector, version(vector))));
    }
    if (severity != null) {
      draft.firstRating(Ratings.word("scanner", severity));
    }
    draft.location(location.location(redactor, secret.value()));
    if (draft.identified()) {
      draft.secret(secret.secret(redactor, draft.nativeId(), location.snippet()));
    }
  }

  /**
   * Version of CVSS: a vector without a prefix is v2; a bare score is on the scale of v3 and v4.
   */
  private static String version(String vector) {
    return vector == null ? "3" : "2";
  }

  private void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "kind" -> kind = SluiceWords.kind(json);
      case "id" -> draft.nativeId(json.scalar());
      case "aliases" -> json.array(() -> draft.alias(json.text()));
      case "upstream" -> json.array(() -> draft.upstream(json.text()));
      case "related" -> json.array(() -> draft.related(json.text()));
      case "formerIds" -> json.array(() -> draft.deprecatedId(json.text()));
      case "fingerprints" -> json.object(name -> draft.fingerprint(name, json.text()));
      case "cwes" -> json.array(() -> draft.cwe(json.scalar()));
      case "title" -> draft.title(json.text());
      case "description" -> draft.description(json.text());
      case "links" -> json.array(() -> draft.reference(json.text()));
      case "severity" -> severity = json.text();
      case "score" -> score = json.number();
      case "vector" -> vector = json.text();
      case "ratings" -> json.objects(() -> rating(json));
      case "package" -> draft.component(parts.component(json));
      case "fixedVersions" -> json.array(() -> draft.fixedVersion(json.text()));
      case "fixState" ->
          draft.fixState(SluiceWords.word(json, FixState.class, FixState.UNKNOWN, field, draft));
      case "location" -> json.object(part -> location.read(json, part));
      case "secret" -> json.object(part -> secret.read(json, part, draft));
      case "resource" -> resource(json);
      case "licence", "license" -> draft.licence(json.text());
      case "deployment" -> draft.deployment(parts.deployment(json));
      case "reachability" ->
          draft.reachability(
              SluiceWords.word(json, Reachability.class, Reachability.UNKNOWN, field, draft));
      case "epss" -> epss(json);
      case "kev" -> draft.kev(json.bool());
      case "status" ->
          state = SluiceWords.word(json, ScannerState.class, ScannerState.UNKNOWN, field, draft);
      case "reason" -> reason = json.text();
      case "baseline" ->
          draft.baselineState(
              SluiceWords.word(json, BaselineState.class, BaselineState.UNKNOWN, field, draft));
      case "place" -> draft.place(json.text());
      case "properties" -> json.object(name -> property(name, json.scalar()));
      default -> {}
    }
  }

  /** Properties are redacted at the end, when the value of the secret is known. */
  private void property(String name, String value) {
    if (value != null && properties.size() < MOST_PROPERTIES) {
      properties.put(name, value);
    }
  }

  private void rating(JsonCursor json) throws IOException, UnreadableReportException {
    String[] texts = {"", null, null};
    Double[] number = {null};
    json.object(
        part -> {
          switch (part) {
            case "source" -> texts[0] = json.text();
            case "severity" -> texts[1] = json.text();
            case "vector" -> texts[2] = json.text();
            case "score" -> number[0] = json.number();
            default -> {}
          }
        });
    String source = texts[0] == null || texts[0].isBlank() ? "scanner" : texts[0];
    if (texts[1] != null) {
      draft.rating(Ratings.word(source, texts[1]));
    }
    if (texts[2] != null || number[0] != null) {
      String method = Ratings.cvssMethod(texts[2], version(texts[2]));
      draft.rating(Ratings.cvss(source, texts[2], number[0], method));
    }
  }

  private void resource(JsonCursor json) throws IOException, UnreadableReportException {
    String[] texts = {null, null, null};
    json.object(
        part -> {
          switch (part) {
            case "address" -> texts[0] = json.text();
            case "type" -> texts[1] = json.text();
            case "provider" -> texts[2] = json.text();
            default -> {}
          }
        });
    if (texts[0] != null && !texts[0].isBlank()) {
      draft.resource(new Resource(texts[0], texts[1], texts[2]));
    }
  }

  private void epss(JsonCursor json) throws IOException, UnreadableReportException {
    Double[] numbers = {null, null};
    json.object(
        part -> {
          switch (part) {
            case "score" -> numbers[0] = json.number();
            case "percentile" -> numbers[1] = json.number();
            default -> {}
          }
        });
    draft.epss(numbers[0], numbers[1]);
  }
}
