package dev.sluice.app.settings;

import dev.sluice.settings.RegistrySettings;
import java.util.Map;

class RegistrySettingsTest extends SettingsContract<RegistrySettings> {
  @Override
  RegistrySettings defaults() {
    return new RegistrySettings("http://127.0.0.1:8081", Map.of());
  }

  @Override
  Map<String, String> everyKey() {
    return Map.of("url", "https://registry", "properties.auto.register.schemas", "false");
  }

  @Override
  RegistrySettings everyValue() {
    return new RegistrySettings("https://registry", Map.of("auto.register.schemas", "false"));
  }
}
