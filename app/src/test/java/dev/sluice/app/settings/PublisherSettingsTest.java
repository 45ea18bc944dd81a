package dev.sluice.app.settings;

import dev.sluice.producers.publish.PublisherSettings;
import dev.sluice.settings.SecretValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

class PublisherSettingsTest extends SettingsContract<PublisherSettings> {
  @Override
  PublisherSettings defaults() {
    return PublisherSettings.defaults();
  }

  @Override
  Map<String, String> everyKey() {
    return Map.ofEntries(
        Map.entry("redaction-key-file", "f"),
        Map.entry("redaction-key", "k"),
        Map.entry("redaction-key-id", "k2"),
        Map.entry("buffer-memory", "33554432"),
        Map.entry("window-bytes", "4194304"),
        Map.entry("max-record-bytes", "800000"),
        Map.entry("max-scans", "5"),
        Map.entry("clock-skew", "1m"),
        Map.entry("block-timeout", "2s"),
        Map.entry("delivery-timeout", "3s"));
  }

  @Override
  PublisherSettings everyValue() {
    return new PublisherSettings(
        Path.of("f"),
        SecretValue.of("k"),
        "k2",
        33_554_432,
        4_194_304,
        800_000,
        5,
        Duration.ofMinutes(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(3));
  }
}
