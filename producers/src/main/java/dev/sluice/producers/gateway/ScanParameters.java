package dev.sluice.producers.gateway;

import dev.sluice.events.ScanPurpose;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.publish.ReportNames;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The query of {@code POST /v1/scans}, and what others have of it. */
final class ScanParameters {
  /** Every parameter; one that is misspelt is refused, or its value would be lost in silence. */
  static final List<String> NAMES =
      List.of(
          "asset",
          "version",
          "releaseLine",
          "scope",
          "purpose",
          "unit",
          "digest",
          "commit",
          "commitTime",
          "branch",
          "format",
          "scan",
          "name",
          "defaultAsset",
          "defaultVersion",
          "defaultScope",
          "checkoutRoot");

  /** The id of a signed delivery is its scan's. */
  static final List<String> OF_WEBHOOK =
      NAMES.stream().filter(name -> !name.equals("scan")).toList();

  /** A failed scan has no report; which scanner it was must be said. */
  static final List<String> OF_FAILURE =
      Stream.concat(
              Stream.of("tool", "reason"),
              NAMES.stream()
                  .filter(
                      name ->
                          !Set.of("scan", "name", "format", "commitTime", "checkoutRoot")
                              .contains(name)))
          .toList();

  private ScanParameters() {}

  /** What the query says; {@link PublishRequest.Builder#build} cannot fail on it any more. */
  static PublishRequest.Builder parse(
      Map<String, List<String>> query, String traceparent, String publisher) {
    return parse(query, NAMES, traceparent, publisher);
  }

  /**
   * @param names parameters that there may be
   */
  static PublishRequest.Builder parse(
      Map<String, List<String>> query, List<String> names, String traceparent, String publisher) {
    for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
      if (!names.contains(parameter.getKey())) {
        throw bad(
            "there is no such parameter; there are " + String.join(", ", new TreeSet<>(names)));
      }
      if (parameter.getValue().size() > 1) {
        throw bad(parameter.getKey() + " is given more than once");
      }
    }
    try {
      return PublishRequest.builder()
          .asset(one(query, "asset"))
          .version(one(query, "version"))
          .releaseLine(one(query, "releaseLine"))
          .scope(one(query, "scope"))
          .purpose(purpose(one(query, "purpose")))
          .unit(one(query, "unit"))
          .digest(one(query, "digest"))
          .commit(one(query, "commit"))
          .commitTime(time(one(query, "commitTime")))
          .branch(one(query, "branch"))
          .format(one(query, "format"))
          .scanId(one(query, "scan"))
          .defaultAsset(one(query, "defaultAsset"))
          .defaultVersion(one(query, "defaultVersion"))
          .defaultScope(one(query, "defaultScope"))
          .checkoutRoot(one(query, "checkoutRoot"))
          .traceparent(traceparent)
          .publisher(publisher)
          .build()
          .toBuilder();
    } catch (IllegalArgumentException e) {
      throw bad(e.getMessage());
    }
  }

  static String name(Map<String, List<String>> query) {
    String name = one(query, "name");
    return name == null || name.isBlank() ? "request body" : ReportNames.plain(name);
  }

  private static ScanPurpose purpose(String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "head" -> ScanPurpose.HEAD;
      case "proposal" -> ScanPurpose.PROPOSAL;
      case "statement" -> ScanPurpose.STATEMENT;
      default -> throw bad("purpose must be head, proposal or statement");
    };
  }

  private static Instant time(String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeException e) {
      throw bad("commitTime must be a time such as 2026-01-31T12:00:00Z");
    }
  }

  /** The value of a parameter, or null. */
  static String one(Map<String, List<String>> query, String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.badRequest(detail));
  }
}
