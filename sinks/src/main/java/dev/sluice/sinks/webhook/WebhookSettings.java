package dev.sluice.sinks.webhook;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import dev.sluice.sinks.http.HttpSettings;
import java.net.URI;
import java.util.Map;

/** Where a webhook sink posts to, at {@code sinks.NAME.webhook}. */
public record WebhookSettings(
    @Setting(doc = "URL to post to, for example https://hooks.example.org/sluice.") URI url,
    @Setting(
            doc =
                "Signing secrets, whsec_ and base64, comma separated. Every one signs, so a receiver can move from one to the next. Empty: requests are not signed.")
        SecretValue secrets,
    @Setting(
            value = "STRUCTURED",
            doc = "CloudEvents content mode: STRUCTURED (all in the body) or BINARY (headers).")
        Mode mode,
    @Setting(value = "urn:sluice", doc = "CloudEvents source: a URI that names this installation.")
        String source,
    @Setting(doc = "Value of the Authorization header, for example Bearer and a token.")
        SecretValue authorization,
    @Setting(doc = "Further headers by name; no credentials, which belong into authorization.")
        Map<String, String> headers,
    @Setting(doc = "How the receiver is reached.") HttpSettings http) {

  public WebhookSettings {
    headers = headers == null ? Map.of() : Map.copyOf(headers);
  }

  /** CloudEvents content modes of the HTTP binding. */
  public enum Mode {
    STRUCTURED,
    BINARY
  }
}
