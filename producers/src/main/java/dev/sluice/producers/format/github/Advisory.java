package dev.sluice.producers.format.github;

import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An advisory of GitHub's database or of a repository. REST writes its fields with underscores,
 * GraphQL in camel case; otherwise they are the same.
 */
final class Advisory {
  private static final int MOST = 100;

  private final List<String> identifiers = new ArrayList<>(2);
  private final List<String> references = new ArrayList<>(4);
  private final List<String> cwes = new ArrayList<>(2);
  private final List<Cvss> ratings = new ArrayList<>(2);
  private String summary;
  private String description;
  private String severity;
  private String link;
  private String withdrawn;
  private Double epss;
  private Double percentile;

  /**
   * One CVSS statement.
   *
   * @param vector null where there is only a score
   * @param score null where there is only a vector
   */
  private record Cvss(String vector, Double score) {}

  void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "ghsa_id", "ghsaId", "cve_id" -> identifier(json.text());
      case "identifiers" -> json.objects(() -> valueOf(json, "value", identifiers));
      case "summary" -> summary = json.text();
      case "description" -> description = json.text();
      case "severity" -> severity = json.text();
      case "permalink", "html_url" -> link = json.text();
      case "withdrawn_at", "withdrawnAt" -> withdrawn = json.text();
      case "references" -> json.objects(() -> valueOf(json, "url", references));
      case "cvss" -> cvss(json);
      case "cvss_severities", "cvssSeverities" -> json.object(version -> cvss(json));
      case "cwes" -> cwes(json);
      case "cwe_ids" -> json.array(() -> add(cwes, json.text()));
      case "epss" -> {
        if (json.isArray()) {
          json.objects(() -> epss(json));
        } else {
          epss(json);
        }
      }
      default -> {}
    }
  }

  void identifier(String id) {
    add(identifiers, id);
  }

  void reference(String url) {
    add(references, url);
  }

  private static void valueOf(JsonCursor json, String name, List<String> values)
      throws IOException, UnreadableReportException {
    json.object(
        field -> {
          if (field.equals(name)) {
            add(values, json.text());
          }
        });
  }

  private void cvss(JsonCursor json) throws IOException, UnreadableReportException {
    String[] vector = {null};
    Double[] score = {null};
    json.object(
        field -> {
          switch (field) {
            case "vector_string", "vectorString" -> vector[0] = json.text();
            case "score" -> score[0] = json.isNull() ? null : json.number();
            default -> {}
          }
        });
    boolean rated = vector[0] != null && !vector[0].isBlank();
    // Without a vector, 0.0 is GitHub's way to say that there is no rating.
    if ((rated || score[0] != null && score[0] > 0) && ratings.size() < MOST) {
      ratings.add(new Cvss(rated ? vector[0] : null, score[0]));
    }
  }

  private void cwes(JsonCursor json) throws IOException, UnreadableReportException {
    if (json.isObject()) {
      json.object(
          field -> {
            if (field.equals("nodes")) {
              json.objects(() -> valueOf(json, "cweId", cwes));
            }
          });
    } else {
      json.objects(() -> valueOf(json, "cwe_id", cwes));
    }
  }

  private void epss(JsonCursor json) throws IOException, UnreadableReportException {
    json.object(
        field -> {
          switch (field) {
            case "percentage" -> epss = json.number();
            case "percentile" -> percentile = json.number();
            default -> {}
          }
        });
  }

  private static void add(List<String> list, String text) {
    if (text != null && !text.isBlank() && !text.equals("None") && list.size() < MOST) {
      list.add(text.strip());
    }
  }

  /** The GHSA where there is one, else the CVE, else what comes first; null if there is none. */
  String id() {
    for (String prefix : List.of("GHSA-", "CVE-", "")) {
      for (String id : identifiers) {
        if (id.startsWith(prefix)) {
          return id;
        }
      }
    }
    return null;
  }

  /** Adds everything but package and fix. A GHSA and its CVE are the same. */
  void fill(ObservationDraft draft) {
    draft.nativeId(id());
    identifiers.forEach(draft::alias);
    draft.title(summary != null ? summary : id()).description(description);
    draft.reference(link);
    references.forEach(draft::reference);
    cwes.forEach(draft::cwe);
    if (severity != null) {
      draft.rating(Ratings.word("ghsa", severity));
    }
    for (Cvss each : ratings) {
      String method = Ratings.cvssMethod(each.vector(), null);
      // A score alone has no version: GitHub has never shown a CVSS of version 2.
      String named = each.vector() == null ? "cvss3" : method;
      draft.rating(Ratings.cvss("ghsa", each.vector(), each.score(), named));
    }
    draft.epss(epss, percentile);
    draft.property("withdrawn", withdrawn);
  }
}
