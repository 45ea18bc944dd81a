package dev.sluice.producers.format;

import dev.sluice.events.Rating;
import dev.sluice.events.Severity;

/** Builds ratings, each with its source. */
public final class Ratings {
  private Ratings() {}

  /** A severity word of a source. */
  public static Rating word(String source, String word) {
    return new Rating(source, SeverityWords.of(word), TextLimits.cut(word, 60), null, null, null);
  }

  /**
   * A CVSS statement.
   *
   * @param vector as written, or null
   * @param score base score, or null
   */
  public static Rating cvss(String source, String vector, Double score, String method) {
    Severity severity = score == null ? Severity.UNKNOWN : SeverityWords.ofCvss(score, method);
    return new Rating(source, severity, null, TextLimits.cut(vector, 200), score, method);
  }

  /** How a CVSS vector or version is called: cvss2, cvss3, cvss3.1 or cvss4. */
  public static String cvssMethod(String vector, String version) {
    if (vector != null && vector.startsWith("CVSS:")) {
      if (vector.startsWith("CVSS:4")) {
        return "cvss4";
      }
      return vector.startsWith("CVSS:3.1") ? "cvss3.1" : "cvss3";
    }
    if (version != null) {
      if (version.startsWith("4")) {
        return "cvss4";
      }
      if (version.startsWith("3")) {
        return version.startsWith("3.1") ? "cvss3.1" : "cvss3";
      }
    }
    return "cvss2";
  }
}
