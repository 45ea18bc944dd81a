package dev.sluice.app.settings;

import dev.sluice.settings.Setting;

/** Where health and metrics of a service are served. */
public record ManagementSettings(
    @Setting(value = "127.0.0.1", doc = "Address to listen on; 0.0.0.0 for all.") String address,
    @Setting(
            value = "0",
            doc = "Port of /health/live, /health/ready and /metrics; 0 serves none of them.")
        int port) {

  public ManagementSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be between 0 and 65535");
    }
  }
}
