package dev.sluice.app.settings;

import dev.sluice.settings.KafkaSettings;
import java.util.Map;

class KafkaSettingsTest extends SettingsContract<KafkaSettings> {
  @Override
  KafkaSettings defaults() {
    return new KafkaSettings("127.0.0.1:9092", "", 12, 3, Map.of());
  }

  @Override
  Map<String, String> everyKey() {
    return Map.of(
        "bootstrap-servers", "a:1,b:2",
        "prefix", "acme.",
        "partitions", "48",
        "replication", "1",
        "properties.security.protocol", "SASL_SSL");
  }

  @Override
  KafkaSettings everyValue() {
    return new KafkaSettings("a:1,b:2", "acme.", 48, 1, Map.of("security.protocol", "SASL_SSL"));
  }
}
