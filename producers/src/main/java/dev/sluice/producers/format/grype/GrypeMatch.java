package dev.sluice.producers.format.grype;

import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Rating;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One entry of {@code matches} or {@code ignoredMatches}. */
final class GrypeMatch {
  private final GrypeArtifact artifact;
  private final Set<String> relatedCves = new LinkedHashSet<>();
  private final Set<String> relatedOthers = new LinkedHashSet<>();
  private final List<Rating> relatedRatings = new ArrayList<>();
  private final List<String> relatedLinks = new ArrayList<>();
  private final Set<String> ignoreReasons = new LinkedHashSet<>();
  private boolean ignored;
  private String severity;
  private boolean severitySeen;
  private String namespace = "";
  private String relatedNamespace = "";
  private String relatedDescription;
  private String description;

  GrypeMatch(GrypeFacts facts, RepositoryPaths paths) {
    artifact = new GrypeArtifact(facts, paths);
  }

  GrypeMatch read(JsonCursor json, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    draft.kind(FindingKind.VULNERABLE_PACKAGE);
    json.object(
        name -> {
          switch (name) {
            case "vulnerability" -> vulnerability(json, draft);
            case "relatedVulnerabilities" -> json.objects(() -> related(json, draft));
            case "artifact" -> artifact.read(json);
            case "matchDetails" -> matchDetails(json, draft);
            case "appliedIgnoreRules" -> {
              ignored = true;
              json.objects(() -> json.object(field -> ignoreRule(json, field)));
            }
            default -> {}
          }
        });
    if (!severitySeen) {
      json.warnField("vulnerability.severity", "is missing; the severity is taken as unknown");
    }
    draft.firstRating(Ratings.word(source(namespace, "grype"), severity));
    relatedRatings.forEach(draft::rating);
    relatedLinks.forEach(draft::reference);
    draft.description(
        description == null || description.isBlank() ? relatedDescription : description);
    connect(draft);
    artifact.finish(json);
    draft.component(artifact.component());
    draft.title(draft.nativeId() + " in " + artifact.name());
    return this;
  }

  boolean ignored() {
    return ignored;
  }

  String ignoreReason() {
    return ignoreReasons.isEmpty() ? null : "ignore rule: " + String.join(", ", ignoreReasons);
  }

  private void vulnerability(JsonCursor json, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    json.object(
        name -> {
          switch (name) {
            case "id" -> draft.nativeId(json.text());
            case "namespace" -> namespace = orEmpty(json.text());
            case "severity" -> {
              severity = json.text();
              severitySeen = severity != null;
            }
            case "description" -> description = json.text();
            case "dataSource" -> draft.reference(json.text());
            case "urls", "links" -> json.array(() -> draft.reference(json.text()));
            case "cvss" -> cvss(json, () -> source(namespace, "grype"), draft::rating);
            case "cvssV2" -> oldCvss(json, "cvss2", draft);
            case "cvssV3" -> oldCvss(json, "cvss3", draft);
            case "epss" -> json.objects(() -> epss(json, draft));
            case "cwes" -> json.objects(() -> cwe(json, draft));
            case "knownExploited" ->
                json.array(
                    () -> {
                      draft.kev(true);
                      json.skip();
                    });
            case "fix" -> json.object(field -> fix(json, field, draft));
            case "fixedInVersion" -> draft.fixedVersion(json.text());
            case "risk" -> draft.property("risk", json.scalar());
            default -> {}
          }
        });
    if (draft.nativeId() == null) {
      json.warnField("id", "is missing");
    }
  }

  private void related(JsonCursor json, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    String[] own = {null, null};
    relatedNamespace = "";
    json.object(
        name -> {
          switch (name) {
            case "id" -> own[0] = json.text();
            case "namespace" -> relatedNamespace = orEmpty(json.text());
            case "severity" -> own[1] = json.text();
            case "description" -> {
              // Often the same long text once more; it counts only where there was none.
              if (description == null || description.isBlank()) {
                relatedDescription = json.text();
              }
            }
            case "urls" ->
                json.array(
                    () -> {
                      if (relatedLinks.size() < 20) {
                        relatedLinks.add(json.text());
                      }
                    });
            case "cvss" -> cvss(json, () -> source(relatedNamespace, "nvd"), relatedRatings::add);
            case "epss" -> json.objects(() -> epss(json, draft));
            case "cwes" -> json.objects(() -> cwe(json, draft));
            default -> {}
          }
        });
    if (own[1] != null && relatedRatings.size() < 50) {
      relatedRatings.add(Ratings.word(source(relatedNamespace, "nvd"), own[1]));
    }
    if (own[0] != null) {
      boolean cve = own[0].startsWith("CVE-");
      (cve ? relatedCves : relatedOthers).add(own[0]);
    }
  }

  /**
   * A GitHub advisory and its one CVE mean the same, in either direction. A distribution's advisory
   * covers its CVEs, and two CVEs are never one.
   */
  private void connect(ObservationDraft draft) {
    String id = orEmpty(draft.nativeId());
    boolean advisory = id.startsWith("GHSA-");
    boolean cve = id.startsWith("CVE-");
    for (String each : relatedCves) {
      if (advisory && relatedCves.size() == 1) {
        draft.alias(each);
      } else if (advisory || cve) {
        draft.related(each);
      } else {
        draft.upstream(each);
      }
    }
    for (String each : relatedOthers) {
      if (cve && each.startsWith("GHSA-")) {
        draft.alias(each);
      } else {
        draft.related(each);
      }
    }
  }

  /** Where a rating goes. */
  private interface Ratingtaker {
    void take(Rating rating);
  }

  /** Who rates, asked late: the namespace may come behind the ratings. */
  private interface Source {
    String name();
  }

  private static void cvss(JsonCursor json, Source source, Ratingtaker taker)
      throws IOException, UnreadableReportException {
    int[] count = {0};
    json.objects(
        () -> {
          String[] parts = {null, null, null};
          Double[] score = {null};
          json.object(
              name -> {
                switch (name) {
                  case "source" -> parts[0] = json.text();
                  case "version" -> parts[1] = json.scalar();
                  case "vector" -> parts[2] = json.text();
                  case "metrics" ->
                      json.object(
                          metric -> {
                            if (metric.equals("baseScore")) {
                              score[0] = json.number();
                            }
                          });
                  default -> {}
                }
              });
          if (count[0]++ < 20) {
            String rater = parts[0] == null || parts[0].isBlank() ? source.name() : rater(parts[0]);
            String method = Ratings.cvssMethod(parts[2], parts[1]);
            taker.take(Ratings.cvss(rater, parts[2], score[0], method));
          }
        });
  }

  private void oldCvss(JsonCursor json, String method, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    String[] vector = {null};
    Double[] score = {null};
    json.object(
        name -> {
          switch (name) {
            case "vector" -> vector[0] = json.text();
            case "baseScore" -> score[0] = json.number();
            default -> {}
          }
        });
    if (vector[0] != null || score[0] != null) {
      String exact =
          vector[0] == null ? method : Ratings.cvssMethod(vector[0], method.substring(4));
      draft.rating(Ratings.cvss(source(namespace, "grype"), vector[0], score[0], exact));
    }
  }

  private static void epss(JsonCursor json, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    Double[] parts = {null, null};
    json.object(
        name -> {
          switch (name) {
            case "epss" -> parts[0] = json.number();
            case "percentile" -> parts[1] = json.number();
            default -> {}
          }
        });
    draft.epss(parts[0], parts[1]);
  }

  private static void cwe(JsonCursor json, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    json.object(
        name -> {
          if (name.equals("cwe")) {
            draft.cwe(json.text());
          }
        });
  }

  private static void fix(JsonCursor json, String field, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "versions" -> json.array(() -> draft.fixedVersion(json.text()));
      case "state" ->
          draft.fixState(
              switch (orEmpty(json.text()).toLowerCase(Locale.ROOT)) {
                case "fixed" -> FixState.FIXED;
                case "not-fixed" -> FixState.NOT_FIXED;
                case "wont-fix" -> FixState.WONT_FIX;
                default -> FixState.UNKNOWN;
              });
      default -> {}
    }
  }

  /** A list of details; before Grype 0.8 a single one. */
  private static void matchDetails(JsonCursor json, ObservationDraft draft)
      throws IOException, UnreadableReportException {
    if (json.isObject()) {
      json.object(name -> matchDetail(json, name, draft));
    } else {
      json.objects(() -> json.object(name -> matchDetail(json, name, draft)));
    }
  }

  private static void matchDetail(JsonCursor json, String name, ObservationDraft draft)
      throws IOException {
    switch (name) {
      case "matcher", "type" -> draft.property("match." + name, json.text());
      default -> {}
    }
  }

  private void ignoreRule(JsonCursor json, String field)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "vulnerability",
          "reason",
          "namespace",
          "fix-state",
          "vex-status",
          "vex-justification" -> {
        String value = json.text();
        if (value != null && !value.isBlank() && ignoreReasons.size() < 10) {
          ignoreReasons.add(field + "=" + value);
        }
      }
      default -> {}
    }
  }

  /** {@code debian:distro:debian:12} is Debian's word, {@code github:language:go} GitHub's. */
  static String source(String namespace, String otherwise) {
    String first = namespace;
    int colon = namespace.indexOf(':');
    if (colon > 0) {
      first = namespace.substring(0, colon);
    }
    return switch (first) {
      case "" -> otherwise;
      case "github" -> "ghsa";
      case "rhel" -> "redhat";
      default -> first.toLowerCase(Locale.ROOT);
    };
  }

  private static String rater(String source) {
    return switch (source.toLowerCase(Locale.ROOT)) {
      case "nvd@nist.gov" -> "nvd";
      case "secalert@redhat.com" -> "redhat";
      case "security-advisories@github.com" -> "ghsa";
      default -> source.toLowerCase(Locale.ROOT);
    };
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
