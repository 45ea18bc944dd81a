package dev.sluice.producers.gateway;

import dev.sluice.producers.token.Role;
import dev.sluice.producers.token.TokenSettings;
import dev.sluice.producers.webhook.WebhookKind;
import dev.sluice.settings.SecretValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The default settings on a free port, with what a test changes. */
final class Tweaks {
  private final Map<String, TokenSettings> tokens = new LinkedHashMap<>();
  private final Map<String, WebhookSettings> webhooks = new LinkedHashMap<>();
  private Path tokenFile;
  private String host = "127.0.0.1";
  private long maxBody = 100 << 20;
  private long maxWebhook = 1 << 20;
  private int maxUploads = 4;
  private int perMinute = 600;
  private Duration idle = Duration.ofSeconds(30);
  private Duration repeats = Duration.ofHours(1);

  Tweaks host(String value) {
    host = value;
    return this;
  }

  Tweaks maxBody(long value) {
    maxBody = value;
    return this;
  }

  Tweaks maxWebhook(long value) {
    maxWebhook = value;
    return this;
  }

  Tweaks maxUploads(int value) {
    maxUploads = value;
    return this;
  }

  Tweaks perMinute(int value) {
    perMinute = value;
    return this;
  }

  Tweaks idle(Duration value) {
    idle = value;
    return this;
  }

  Tweaks repeats(Duration value) {
    repeats = value;
    return this;
  }

  Tweaks token(String name, Role role, String assets) throws Exception {
    return token(name, GatewayFixture.TOKEN, role, assets);
  }

  Tweaks token(String name, String token, Role role, String assets) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    tokens.put(name, new TokenSettings(HexFormat.of().formatHex(hash), role, List.of(assets)));
    return this;
  }

  Tweaks tokenFile(Path value) {
    tokenFile = value;
    return this;
  }

  Tweaks webhook(String name, WebhookKind kind, String secret, String... assets) {
    webhooks.put(name, new WebhookSettings(kind, SecretValue.of(secret), null, List.of(assets)));
    return this;
  }

  GatewaySettings settings() {
    GatewaySettings d = GatewaySettings.defaults();
    return new GatewaySettings(
        host,
        0,
        "",
        tokens,
        tokenFile,
        webhooks,
        perMinute,
        maxBody,
        maxWebhook,
        d.maxReportBytes(),
        d.maxRatio(),
        maxUploads,
        d.maxWaiting(),
        d.maxWait(),
        d.maxHeaderBytes(),
        idle,
        d.uploadTimeout(),
        0,
        null,
        d.verdictBytes(),
        d.verdictWindow(),
        repeats,
        d.webhookTolerance());
  }
}
