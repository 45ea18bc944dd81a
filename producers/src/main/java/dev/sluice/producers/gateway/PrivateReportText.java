package dev.sluice.producers.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.Severity;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a private report says, in the fields that a security policy asks for. Only the asset and the
 * description must be there; the others may be null.
 *
 * @param severity what the reporter thinks; {@link Severity#UNKNOWN} where they do not say
 */
record PrivateReportText(
    String asset,
    String title,
    String description,
    String impact,
    String reproduction,
    String affectedVersions,
    String suggestedFix,
    String contact,
    Severity severity) {

  /** Fields and their longest values in characters; what is longer is refused, not cut. */
  static final Map<String, Integer> LIMITS = limits();

  /**
   * @throws ProblemException if it is no such object; names the field and never what it holds
   */
  static PrivateReportText of(JsonNode body) {
    if (body == null || !body.isObject()) {
      throw unusable("the body must be a JSON object; GET /v1/openapi.json describes it");
    }
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!LIMITS.containsKey(name)) {
                throw unusable(
                    "there are fields that are not known; there are "
                        + LIMITS.keySet().stream().collect(Collectors.joining(", ")));
              }
            });
    String description = required(body, "description");
    String title = text(body, "title");
    return new PrivateReportText(
        required(body, "asset"),
        title == null ? "Privately reported vulnerability" : title,
        description,
        text(body, "impact"),
        text(body, "reproduction"),
        text(body, "affectedVersions"),
        text(body, "suggestedFix"),
        text(body, "contact"),
        severity(text(body, "severity")));
  }

  private static Map<String, Integer> limits() {
    Map<String, Integer> limits = new LinkedHashMap<>();
    limits.put("asset", 2_048);
    limits.put("title", 300);
    limits.put("description", 4_000);
    limits.put("impact", 4_000);
    limits.put("reproduction", 16_000);
    limits.put("affectedVersions", 1_000);
    limits.put("suggestedFix", 8_000);
    limits.put("contact", 300);
    limits.put("severity", 10);
    return limits;
  }

  private static String required(JsonNode body, String name) {
    String text = text(body, name);
    if (text == null) {
      throw unusable(name + " is missing");
    }
    return text;
  }

  private static String text(JsonNode body, String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw unusable(name + " must be a text");
    }
    if (value.textValue().length() > LIMITS.get(name)) {
      throw unusable(name + " has more than " + LIMITS.get(name) + " characters; shorten it");
    }
    return value.textValue().isBlank() ? null : value.textValue().strip();
  }

  private static Severity severity(String text) {
    if (text == null) {
      return Severity.UNKNOWN;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "critical" -> Severity.CRITICAL;
      case "high" -> Severity.HIGH;
      case "medium" -> Severity.MEDIUM;
      case "low" -> Severity.LOW;
      default -> throw unusable("severity must be critical, high, medium or low");
    };
  }

  private static ProblemException unusable(String detail) {
    return new ProblemException(Problem.unreadable(detail));
  }

  /** Nothing of it: it is under embargo. */
  @Override
  public String toString() {
    return "a private report";
  }
}
