package dev.sluice.producers.format.sluice;

import dev.sluice.events.Secret;
import dev.sluice.events.SecretValidity;
import dev.sluice.producers.format.FoundSecret;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import java.io.IOException;

/** The {@code secret} of a finding. Its value is hashed here and goes no further. */
final class SluiceSecret {
  private boolean present;
  private String detector;
  private String value;
  private SecretValidity validity = SecretValidity.UNKNOWN;

  void read(JsonCursor json, String field, ObservationDraft draft) throws IOException {
    present = true;
    switch (field) {
      case "detector" -> detector = json.text();
      case "value" -> value = json.text();
      case "validity" ->
          validity =
              SluiceWords.word(
                  json, SecretValidity.class, SecretValidity.UNKNOWN, "validity", draft);
      default -> {}
    }
  }

  String value() {
    return value == null || value.isBlank() ? null : value;
  }

  /** The record; null where the finding has no secret. */
  Secret secret(Redactor redactor, String nativeId, String line) {
    String name = detector == null || detector.isBlank() ? nativeId : detector;
    return present ? FoundSecret.of(redactor, name, value, line, validity) : null;
  }
}
