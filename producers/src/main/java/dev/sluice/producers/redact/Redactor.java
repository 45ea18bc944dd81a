package dev.sluice.producers.redact;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Redacts texts and hashes secrets with a key. Hashes under different keys cannot be compared, so
 * each goes with the id of its key. Safe for concurrent use.
 */
public final class Redactor {
  /** Shortest key in bytes. */
  public static final int MIN_KEY_BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";

  /** Longest snippet that is hashed; a minified file on one line is not worth more. */
  private static final int MAX_SNIPPET = 64 * 1024;

  private final Mac prototype;
  private final String keyId;

  /**
   * @param key secret key of at least {@value #MIN_KEY_BYTES} bytes; copied
   * @param keyId public name of the key
   */
  public Redactor(byte[] key, String keyId) {
    if (key.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          "the redaction key must have at least " + MIN_KEY_BYTES + " bytes");
    }
    this.keyId = Objects.requireNonNull(keyId, "keyId");
    try {
      prototype = Mac.getInstance(ALGORITHM);
      prototype.init(new SecretKeySpec(key, ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  public String keyId() {
    return keyId;
  }

  /** The text with {@code ***} for what looks like a credential; null stays null. */
  public String redact(String text) {
    return text == null ? null : CredentialText.redact(text);
  }

  /** As {@link #redact(String)}, and without words that look random; for messages about code. */
  public String redactStrictly(String text) {
    return text == null ? null : CredentialText.redactStrictly(text);
  }

  /** As {@link #redact(String)}, and without a value that is known to be secret. */
  public String redact(String text, String secret) {
    if (text == null) {
      return null;
    }
    boolean known = secret != null && secret.length() >= 4;
    return redact(known ? text.replace(secret, CredentialText.MASK) : text);
  }

  /** A repository's or registry's address without a login in it; null stays null. */
  public String withoutLogin(String url) {
    int scheme = url == null ? -1 : url.indexOf("://");
    if (scheme < 0) {
      return redact(url);
    }
    int slash = url.indexOf('/', scheme + 3);
    int at = url.lastIndexOf('@', slash < 0 ? url.length() : slash);
    return redact(at < scheme ? url : url.substring(0, scheme + 3) + url.substring(at + 1));
  }

  /** HMAC-SHA-256 of a secret's value, hex. */
  public String hmac(String value) {
    Mac mac;
    try {
      mac = (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's " + ALGORITHM + " can be cloned", e);
    }
    return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Keyed hash of a snippet that survives re-indentation: redacted first, so that it does not
   * depend on a secret in it, and without blank lines and surplus white space.
   *
   * @return null if nothing is left to hash
   */
  public String snippetHash(String snippet) {
    if (snippet == null) {
      return null;
    }
    String bounded = snippet.length() > MAX_SNIPPET ? snippet.substring(0, MAX_SNIPPET) : snippet;
    String normal = normalise(CredentialText.redact(bounded));
    return normal.isEmpty() ? null : hmac(normal);
  }

  /**
   * Masked preview: the first four characters, and only of a value of at least 16. A value that a
   * scanner masked already has none.
   */
  public String preview(String value) {
    return value == null || value.length() < 16 || value.indexOf('*') >= 0
        ? ""
        : value.substring(0, 4) + CredentialText.MASK;
  }

  @Override
  public String toString() {
    return "Redactor[keyId=" + keyId + ", key=***]";
  }

  static String normalise(String snippet) {
    StringBuilder out = new StringBuilder(snippet.length());
    boolean space = false;
    boolean line = false;
    for (int i = 0; i < snippet.length(); i++) {
      char c = snippet.charAt(i);
      if (c == '\n' || c == '\r') {
        line = true;
      } else if (Character.isWhitespace(c) || c == '\u00a0') {
        space = true;
      } else {
        if (out.length() > 0 && line) {
          out.append('\n');
        } else if (out.length() > 0 && space) {
          out.append(' ');
        }
        line = false;
        space = false;
        out.append(c);
      }
    }
    return out.toString();
  }
}
