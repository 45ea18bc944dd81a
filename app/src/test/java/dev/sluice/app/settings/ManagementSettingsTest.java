package dev.sluice.app.settings;

import java.util.Map;

class ManagementSettingsTest extends SettingsContract<ManagementSettings> {
  @Override
  ManagementSettings defaults() {
    return new ManagementSettings("127.0.0.1", 0);
  }

  @Override
  Map<String, String> everyKey() {
    return Map.of("address", "0.0.0.0", "port", "9404");
  }

  @Override
  ManagementSettings everyValue() {
    return new ManagementSettings("0.0.0.0", 9404);
  }
}
