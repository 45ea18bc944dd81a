package dev.sluice.app.settings;

import dev.sluice.settings.Setting;
import java.nio.file.Path;
import java.util.Map;

/** What the one-process mode does besides. */
public record UpSettings(
    @Setting(
            value = "embedded",
            doc = "embedded starts a broker and a registry in this process; external uses others.")
        Kafka kafka,
    @Setting(value = "0", doc = "Loopback port of the embedded broker; 0 takes a free one.")
        int brokerPort,
    @Setting(value = "0", doc = "Loopback port of the embedded registry; 0 takes a free one.")
        int registryPort,
    @Setting(
            doc =
                "SECURITY.md by product, loaded at start. A product is an asset's name, or the one its profile says.")
        Map<String, String> supportMatrix,
    @Setting(doc = "Policy file, loaded at start; without it the built-in policy decides.")
        Path policy,
    @Setting(
            doc =
                "CISA's catalogue of known exploited vulnerabilities, JSON or CSV, loaded at start.")
        Path knownExploited) {

  /** Whose Kafka. */
  public enum Kafka {
    EMBEDDED,
    EXTERNAL
  }

  public UpSettings {
    supportMatrix = supportMatrix == null ? Map.of() : Map.copyOf(supportMatrix);
    if (brokerPort < 0 || brokerPort > 65_535 || registryPort < 0 || registryPort > 65_535) {
      throw new IllegalArgumentException("ports must be between 0 and 65535");
    }
  }
}
