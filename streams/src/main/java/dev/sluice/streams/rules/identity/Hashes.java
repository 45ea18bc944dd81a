package dev.sluice.streams.rules.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Cuts of SHA-256 over a list of parts. Parts are length-prefixed, so that ("ab", "c") and ("a",
 * "bc") differ; null and empty differ too. A cryptographic hash, because what is hashed comes from
 * reports that anybody may write.
 */
public final class Hashes {
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private Hashes() {}

  /** All 32 bytes. */
  public static byte[] of(String... parts) {
    MessageDigest digest = sha256();
    byte[] length = new byte[4];
    for (String part : parts) {
      byte[] bytes = part == null ? null : part.getBytes(StandardCharsets.UTF_8);
      ByteBuffer.wrap(length).putInt(bytes == null ? -1 : bytes.length);
      digest.update(length);
      if (bytes != null) {
        digest.update(bytes);
      }
    }
    return digest.digest();
  }

  /** The first 8 bytes: for keys within one asset or one partition. */
  public static long of8(String... parts) {
    return ByteBuffer.wrap(of(parts)).getLong();
  }

  /**
   * The first 10 bytes in base 32, 16 characters: for ids that people see. A thousand million ids
   * collide with a probability of one in two million.
   */
  public static String id(String prefix, String... parts) {
    byte[] hash = of(parts);
    StringBuilder id = new StringBuilder(prefix.length() + 16).append(prefix);
    long bits = 0;
    int held = 0;
    for (int i = 0; i < 10; i++) {
      bits = (bits << 8) | (hash[i] & 0xff);
      held += 8;
      while (held >= 5) {
        held -= 5;
        id.append(BASE32.charAt((int) (bits >>> held) & 31));
      }
    }
    return id.toString();
  }

  /** SHA-256 in hex. */
  public static String hex(byte[] content) {
    byte[] hash = sha256().digest(content);
    StringBuilder hex = new StringBuilder(64);
    for (byte b : hash) {
      hex.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return hex.toString();
  }

  /** A digest of one's own, for a caller that feeds it piece by piece. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static byte[] first(byte[] hash, int length) {
    return Arrays.copyOf(hash, length);
  }
}
