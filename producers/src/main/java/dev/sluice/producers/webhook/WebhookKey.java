package dev.sluice.producers.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that we share with a sender. Its text never leaves it. */
public final class WebhookKey {
  private static final String STANDARD_PREFIX = "whsec_";
  private static final String HMAC = "HmacSHA256";

  private final byte[] key;

  private WebhookKey(byte[] key) {
    this.key = key;
  }

  /**
   * @param secret as the sender has it; {@code whsec_} and base64 where the kind is {@link
   *     WebhookKind#STANDARD}
   * @throws IllegalArgumentException if it cannot be a key of that kind; the message does not hold
   *     it
   */
  public static WebhookKey of(WebhookKind kind, String secret) {
    if (kind != WebhookKind.STANDARD) {
      return new WebhookKey(secret.getBytes(StandardCharsets.UTF_8));
    }
    try {
      if (secret.startsWith(STANDARD_PREFIX)) {
        byte[] key = Base64.getDecoder().decode(secret.substring(STANDARD_PREFIX.length()));
        if (key.length > 0) {
          return new WebhookKey(key);
        }
      }
    } catch (IllegalArgumentException e) {
      // Said below, without what was given.
    }
    throw new IllegalArgumentException(
        "a Standard Webhooks secret is whsec_ and base64: echo whsec_$(openssl rand -base64 32)");
  }

  /** A new computation over a body. */
  Mac mac() {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }

  /** Whether a token is this secret; takes as long for a wrong one as for the right one. */
  public boolean is(String token) {
    return MessageDigest.isEqual(key, token.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "***";
  }
}
