package dev.sluice.producers.gateway;

import dev.sluice.events.Severity;
import dev.sluice.producers.gate.GateQuestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The query of {@code GET /v1/gate}. */
final class GateParameters {
  static final Set<String> NAMES =
      Set.of(
          "asset",
          "unit",
          "version",
          "commit",
          "digest",
          "line",
          "branch",
          "scans",
          "expect",
          "failOn",
          "newOnly",
          "withheld",
          "wait");

  private static final int LONGEST = 2_048;

  private GateParameters() {}

  /**
   * @param more parameters that there may be besides
   */
  static GateQuestion parse(Map<String, List<String>> query, Set<String> more) {
    Set<String> names = new TreeSet<>(NAMES);
    names.addAll(more);
    query.forEach(
        (name, values) -> {
          if (!names.contains(name)) {
            throw bad("there is no such parameter; there are " + String.join(", ", names));
          }
          if (values.size() > 1 || values.get(0).length() > LONGEST) {
            throw bad(name + " must be given once, with at most " + LONGEST + " characters");
          }
        });
    try {
      return GateQuestion.about(
          text(query, "asset"),
          text(query, "unit"),
          text(query, "version"),
          text(query, "commit"),
          text(query, "digest"),
          text(query, "line"),
          text(query, "branch"),
          words(query, "scans"),
          words(query, "expect"),
          severity(text(query, "failOn")),
          flag(query, "newOnly"));
    } catch (IllegalArgumentException e) {
      throw bad(e.getMessage());
    }
  }

  static String text(Map<String, List<String>> query, String name) {
    String value = ScanParameters.one(query, name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static Set<String> words(Map<String, List<String>> query, String name) {
    String text = text(query, name);
    return text == null
        ? Set.of()
        : Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .limit(100)
            .collect(Collectors.toSet());
  }

  private static Severity severity(String text) {
    if (text == null) {
      return null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "critical" -> Severity.CRITICAL;
      case "high" -> Severity.HIGH;
      case "medium" -> Severity.MEDIUM;
      case "low" -> Severity.LOW;
      default -> throw bad("failOn must be critical, high, medium or low");
    };
  }

  static boolean flag(Map<String, List<String>> query, String name) {
    String text = ScanParameters.one(query, name);
    if (text == null || text.equals("false")) {
      return false;
    }
    if (text.isEmpty() || text.equals("true")) {
      return true;
    }
    throw bad(name + " must be true or false");
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.badRequest(detail));
  }
}
