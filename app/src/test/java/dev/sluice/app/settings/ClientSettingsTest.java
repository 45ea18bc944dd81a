package dev.sluice.app.settings;

import dev.sluice.app.client.ClientSettings;
import dev.sluice.settings.SecretValue;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

class ClientSettingsTest extends SettingsContract<ClientSettings> {
  @Override
  ClientSettings defaults() {
    return new ClientSettings(
        URI.create("http://127.0.0.1:8480"),
        SecretValue.of(""),
        Duration.ofSeconds(20),
        Duration.ofSeconds(10));
  }

  @Override
  Map<String, String> everyKey() {
    return Map.ofEntries(
        Map.entry("server", "https://s"),
        Map.entry("token", "t"),
        Map.entry("retry-for", "1m"),
        Map.entry("connect-timeout", "3s"));
  }

  @Override
  ClientSettings everyValue() {
    return new ClientSettings(
        URI.create("https://s"), SecretValue.of("t"), Duration.ofMinutes(1), Duration.ofSeconds(3));
  }
}
