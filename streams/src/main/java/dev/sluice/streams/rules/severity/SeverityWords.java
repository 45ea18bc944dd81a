package dev.sluice.streams.rules.severity;

import dev.sluice.events.Severity;
import java.util.Locale;

/** Words that sources use for a severity. */
public final class SeverityWords {

  private SeverityWords() {}

  /** UNKNOWN for a word that is not known. */
  public static Severity read(String word) {
    String w = word == null ? "" : word.strip().toLowerCase(Locale.ROOT);
    return switch (w) {
      case "critical", "blocker", "urgent", "catastrophic" -> Severity.CRITICAL;
      // "important" is Red Hat's word, "error" SARIF's level.
      case "high", "important", "error", "severe", "major" -> Severity.HIGH;
      case "medium", "moderate", "warning", "warn" -> Severity.MEDIUM;
      case "low", "minor", "note", "info", "informational", "information", "style" -> Severity.LOW;
      case "negligible", "unimportant", "trivial" -> Severity.NEGLIGIBLE;
      case "none" -> Severity.NONE;
      default -> Severity.UNKNOWN;
    };
  }
}
