package dev.sluice.producers.format.sarif;

import dev.sluice.producers.format.FoundSecret;

/** Where secret scanners leave the value they found. */
final class SarifSecrets {
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
    return FoundSecret.unmasked(value);
  }
}
