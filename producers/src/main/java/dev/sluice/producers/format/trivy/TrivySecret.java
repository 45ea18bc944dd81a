package dev.sluice.producers.format.trivy;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.events.Secret;
import dev.sluice.events.SecretValidity;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/**
 * One entry of {@code Secrets}. Trivy masks the value in {@code Match}, so there is nothing to hash
 * but the line around it. The lines of {@code Code} are not read: only the one secret of this entry
 * is masked in them, and its neighbours are not.
 */
final class TrivySecret {
  private static final int MAX_CODE = 64 * 1024;

  private final TrivyResults.Result result;
  private final RepositoryPaths paths;
  private final Redactor redactor;

  private String match;
  private String severity;
  private Integer startLine;
  private Integer endLine;

  TrivySecret(TrivyResults.Result result, RepositoryPaths paths, Redactor redactor) {
    this.result = result;
    this.paths = paths;
    this.redactor = redactor;
  }

  ObservationDraft read(JsonCursor json, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    draft.kind(FindingKind.SECRET);
    json.object(field -> field(json, field, draft));
    if (severity == null) {
      json.warnField("Severity", "is missing; the severity is taken as unknown");
    }
    draft.firstRating(Ratings.word("trivy", severity));
    String hash = redactor.snippetHash(match);
    String keyId = hash == null ? null : redactor.keyId();
    draft.location(
        new Location(paths.of(result.target), startLine, endLine, null, null, null, hash, keyId));
    if (draft.identified()) {
      draft.secret(new Secret(draft.nativeId(), null, keyId, "", SecretValidity.UNKNOWN, hash));
    }
    return draft;
  }

  private void field(JsonCursor json, String field, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "RuleID" -> draft.nativeId(json.text());
      case "Category" -> draft.property("category", json.text());
      case "Severity" -> severity = json.text();
      case "Title" -> draft.title(json.text());
      case "StartLine" -> startLine = json.integer();
      case "EndLine" -> endLine = json.integer();
      case "Match" -> match = json.text();
      case "Layer" ->
          json.object(
              part -> {
                if (part.equals("DiffID")) {
                  draft.property("layer", json.text());
                }
              });
      default -> {}
    }
  }

  /** Collects the lines of {@code Code} that are the cause. */
  static void causeLines(JsonCursor json, StringBuilder code)
      throws IOException, UnreadableReportException {
    json.object(
        part -> {
          if (part.equals("Lines")) {
            json.objects(() -> causeLine(json, code));
          }
        });
  }

  private static void causeLine(JsonCursor json, StringBuilder code)
      throws IOException, UnreadableReportException {
    String[] content = {null};
    boolean[] cause = {false};
    json.object(
        name -> {
          switch (name) {
            case "Content" -> content[0] = json.text();
            case "IsCause" -> cause[0] = Boolean.TRUE.equals(json.bool());
            default -> {}
          }
        });
    if (cause[0] && content[0] != null && code.length() + content[0].length() < MAX_CODE) {
      code.append(content[0]).append('\n');
    }
  }
}
