package dev.sluice.app.client;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import java.net.URI;
import java.time.Duration;

/** How commands reach a gateway. */
public record ClientSettings(
    @Setting(value = "http://127.0.0.1:8480", doc = "Base URL of the gateway.") URI server,
    @Setting(doc = "Bearer token for it; none is needed on loopback without tokens.")
        SecretValue token,
    @Setting(
            value = "20s",
            doc = "How long to try again while the gateway is away or busy; 0s does not.")
        Duration retryFor,
    @Setting(value = "10s", doc = "How long a connection may take to be made.")
        Duration connectTimeout) {

  public ClientSettings {
    String scheme = server == null ? null : server.getScheme();
    if (scheme == null || !scheme.matches("https?") || server.getHost() == null) {
      throw new IllegalArgumentException("server must be a URL such as https://sluice.example");
    }
    if (server.getUserInfo() != null) {
      throw new IllegalArgumentException("server must hold no credentials; use token");
    }
    if (connectTimeout == null || connectTimeout.isZero() || connectTimeout.isNegative()) {
      throw new IllegalArgumentException("connect-timeout must be more than 0");
    }
    if (retryFor == null || retryFor.isNegative()) {
      throw new IllegalArgumentException("retry-for must not be negative");
    }
  }
}
