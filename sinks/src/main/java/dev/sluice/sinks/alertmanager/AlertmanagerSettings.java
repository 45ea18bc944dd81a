package dev.sluice.sinks.alertmanager;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import dev.sluice.sinks.http.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Which Alertmanager is told, at {@code sinks.NAME.alertmanager}. */
public record AlertmanagerSettings(
    @Setting(
            doc =
                "URL of an Alertmanager, with its route prefix, for example https://alerts.example.org:9093.")
        URI url,
    @Setting(doc = "User for basic authentication; empty for none.") String user,
    @Setting(doc = "Password of the user.") SecretValue password,
    @Setting(doc = "Bearer token, in place of user and password.") SecretValue token,
    @Setting(value = "15m", doc = "How often an open item is sent again, at least 10s.")
        Duration refresh,
    @Setting(
            value = "2h",
            doc =
                "How long an alert stands that is not sent again, at least twice refresh: after it Alertmanager takes it for resolved.")
        Duration expires,
    @Setting(doc = "Further labels of every alert by name, for example cluster: prod.")
        Map<String, String> labels,
    @Setting(doc = "How Alertmanager is reached.") HttpSettings http) {

  private static final Duration SHORTEST = Duration.ofSeconds(10);

  public AlertmanagerSettings {
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    if (refresh.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("refresh must be at least 10s");
    }
    if (expires.compareTo(refresh.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException("expires must be at least twice refresh");
    }
  }
}
