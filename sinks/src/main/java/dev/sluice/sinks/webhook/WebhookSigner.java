package dev.sluice.sinks.webhook;

import dev.sluice.settings.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as the Standard Webhooks specification 1.0 says: {@code webhook-signature} holds, for each
 * secret, {@code v1,} and the base64 of HMAC-SHA-256 over {@code id.timestamp.body}.
 */
final class WebhookSigner {
  private static final String PREFIX = "whsec_";
  private static final int MIN_BYTES = 24;
  private static final int MAX_BYTES = 64;

  private final List<SecretKeySpec> keys;

  private WebhookSigner(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /**
   * Reads the secrets of a setting.
   *
   * @param key the setting's key, for messages
   * @param secrets one or more, comma separated; null or empty for none
   * @throws IllegalArgumentException if one is not 24 to 64 bytes of base64 after {@code whsec_}
   */
  static WebhookSigner of(String key, SecretValue secrets) {
    List<SecretKeySpec> keys = new ArrayList<>();
    if (secrets != null) {
      for (String part : secrets.reveal().split("[,\\s]+")) {
        if (!part.isEmpty()) {
          keys.add(parse(key, keys.size() + 1, part));
        }
      }
    }
    return new WebhookSigner(List.copyOf(keys));
  }

  /** The three headers of one attempt; without a secret, all but the signature. */
  Map<String, String> headers(String id, Instant at, byte[] body) {
    String timestamp = Long.toString(at.getEpochSecond());
    if (keys.isEmpty()) {
      return Map.of("webhook-id", id, "webhook-timestamp", timestamp);
    }
    byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    List<String> signatures = new ArrayList<>();
    for (SecretKeySpec key : keys) {
      signatures.add("v1," + Base64.getEncoder().encodeToString(mac(key, head, body)));
    }
    return Map.of(
        "webhook-id",
        id,
        "webhook-timestamp",
        timestamp,
        "webhook-signature",
        String.join(" ", signatures));
  }

  private static byte[] mac(SecretKeySpec key, byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(head);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HmacSHA256", e);
    }
  }

  private static SecretKeySpec parse(String key, int number, String secret) {
    byte[] bytes = {};
    if (secret.startsWith(PREFIX)) {
      try {
        bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      } catch (IllegalArgumentException e) {
        // The decoder's message quotes the secret; ours must not.
        bytes = new byte[0];
      }
    }
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "%s: secret %d is not whsec_ and base64 of 24 to 64 bytes; make one with: echo \"whsec_$(openssl rand -base64 32)\""
              .formatted(key, number));
    }
    return new SecretKeySpec(bytes, "HmacSHA256");
  }
}
