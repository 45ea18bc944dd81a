package dev.sluice.app.settings;

import java.nio.file.Path;
import java.util.Map;

class UpSettingsTest extends SettingsContract<UpSettings> {
  @Override
  UpSettings defaults() {
    return new UpSettings(UpSettings.Kafka.EMBEDDED, 0, 0, Map.of(), null, null);
  }

  @Override
  Map<String, String> everyKey() {
    return Map.ofEntries(
        Map.entry("kafka", "external"),
        Map.entry("broker-port", "1"),
        Map.entry("registry-port", "2"),
        Map.entry("support-matrix.reg.example/a", "S.md"),
        Map.entry("policy", "p.yaml"),
        Map.entry("known-exploited", "k.json"));
  }

  @Override
  UpSettings everyValue() {
    return new UpSettings(
        UpSettings.Kafka.EXTERNAL,
        1,
        2,
        Map.of("reg.example/a", "S.md"),
        Path.of("p.yaml"),
        Path.of("k.json"));
  }
}
