package dev.sluice.producers.format.sarif;

/** Where secret scanners leave the value they found. */
final class SarifSecrets {
  private static final int SHORTEST = 8;

  private SarifSecrets() {}

  /** The value; null where the tool masked or left it out. */
  static String value(SarifResult result, SarifResult.Place place) {
    String value = result.secret;
    if (value == null || value.isBlank()) {
      String snippet = place.snippet == null ? "" : place.snippet.strip();
      boolean bare = snippet.indexOf(' ') < 0 && snippet.indexOf('\n') < 0;
      boolean key = snippet.startsWith("-----BEGIN");
      value = bare || key ? snippet : null;
    }
    return value == null || value.length() < SHORTEST || masked(value) ? null : value;
  }

  private static boolean masked(String value) {
    return value.contains("***") || value.contains("REDACTED") || value.contains("…");
  }
}
