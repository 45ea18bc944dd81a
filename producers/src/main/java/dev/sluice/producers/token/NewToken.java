package dev.sluice.producers.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A token that was made just now: 256 random bits behind a prefix by which secret scanners and
 * people know it.
 */
public final class NewToken {
  /** What every token that is made here begins with. */
  public static final String PREFIX = "sluice_";

  private final String text;

  private NewToken(String text) {
    this.text = text;
  }

  public static NewToken random(SecureRandom random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return new NewToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The token itself, to be shown once. */
  public String reveal() {
    return text;
  }

  /** What is kept of it. It is random, so one round of SHA-256 cannot be guessed back. */
  public String sha256() {
    return HexFormat.of().formatHex(hash(text));
  }

  /** SHA-256 of a token in UTF-8. */
  public static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
