package dev.sluice.producers.format;

import dev.sluice.events.Severity;
import java.util.Locale;
import java.util.Map;

/** The one place where a scanner's words and numbers become a {@link Severity}. */
public final class SeverityWords {
  private static final Map<String, Severity> WORDS =
      Map.ofEntries(
          Map.entry("defcon1", Severity.CRITICAL),
          Map.entry("critical", Severity.CRITICAL),
          Map.entry("crit", Severity.CRITICAL),
          Map.entry("blocker", Severity.CRITICAL),
          Map.entry("very high", Severity.CRITICAL),
          Map.entry("high", Severity.HIGH),
          Map.entry("important", Severity.HIGH),
          Map.entry("severe", Severity.HIGH),
          Map.entry("major", Severity.HIGH),
          Map.entry("error", Severity.HIGH),
          Map.entry("medium", Severity.MEDIUM),
          Map.entry("moderate", Severity.MEDIUM),
          Map.entry("warning", Severity.MEDIUM),
          Map.entry("warn", Severity.MEDIUM),
          Map.entry("low", Severity.LOW),
          Map.entry("minor", Severity.LOW),
          Map.entry("note", Severity.LOW),
          Map.entry("negligible", Severity.NEGLIGIBLE),
          Map.entry("unimportant", Severity.NEGLIGIBLE),
          Map.entry("info", Severity.NEGLIGIBLE),
          Map.entry("style", Severity.NEGLIGIBLE),
          Map.entry("informational", Severity.NEGLIGIBLE),
          Map.entry("none", Severity.NONE));

  private SeverityWords() {}

  /** The severity of a word in any case; {@code UNKNOWN} for null and words not known. */
  public static Severity of(String word) {
    return word == null
        ? Severity.UNKNOWN
        : WORDS.getOrDefault(word.strip().toLowerCase(Locale.ROOT), Severity.UNKNOWN);
  }

  /**
   * The severity of a CVSS base score: the qualitative scale of CVSS v3.1 section 5 and v4.0
   * section 6; for v2, which has none, NVD's three steps.
   */
  public static Severity ofCvss(double score, String method) {
    if (score < 0 || score > 10) {
      return Severity.UNKNOWN;
    }
    if ("cvss2".equals(method)) {
      return score >= 7 ? Severity.HIGH : score >= 4 ? Severity.MEDIUM : Severity.LOW;
    }
    return ofScore(score);
  }

  /**
   * The severity of a SARIF {@code security-severity}: GitHub's scale, where over 9.0 is critical,
   * 7.0 to 8.9 high, 4.0 to 6.9 medium and 0.1 to 3.9 low.
   */
  public static Severity ofScore(double score) {
    if (score < 0 || score > 10) {
      return Severity.UNKNOWN;
    }
    if (score >= 9) {
      return Severity.CRITICAL;
    }
    if (score >= 7) {
      return Severity.HIGH;
    }
    if (score >= 4) {
      return Severity.MEDIUM;
    }
    return score > 0 ? Severity.LOW : Severity.NONE;
  }
}
