package dev.sluice.producers.format;

import dev.sluice.events.Secret;
import dev.sluice.events.SecretValidity;
import dev.sluice.producers.redact.Redactor;

/** Makes the record of a secret, in which its value is not. */
public final class FoundSecret {
  private static final int SHORTEST = 8;

  private FoundSecret() {}

  /**
   * @param value the value as the scanner wrote it; masked, too short or null leaves the hash out
   * @param context the line around it, or null; hashed without the value
   */
  public static Secret of(
      Redactor redactor, String detector, String value, String context, SecretValidity validity) {
    String known = unmasked(value);
    String line = context == null || known == null ? context : context.replace(known, "***");
    boolean bare = line == null || line.isBlank() || line.strip().equals("***");
    String hash = bare ? null : redactor.snippetHash(line);
    return new Secret(
        TextLimits.cutIdentity(detector, TextLimits.ID),
        known == null ? null : redactor.hmac(known),
        known == null && hash == null ? null : redactor.keyId(),
        known == null ? "" : redactor.preview(known),
        validity,
        hash);
  }

  /** The value; null where it is missing, too short to be one, or was masked by the scanner. */
  public static String unmasked(String value) {
    boolean masked =
        value == null
            || value.length() < SHORTEST
            || value.contains("***")
            || value.contains("REDACTED")
            || value.contains("…");
    return masked ? null : value;
  }
}
