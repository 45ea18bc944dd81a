package dev.sluice.producers.format;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How long a text of an observation may be, in characters. Together they keep a record below
 * 900,000 bytes whatever comes, at three bytes a character.
 */
public final class TextLimits {
  public static final int TITLE = 300;
  public static final int DESCRIPTION = 4_000;
  public static final int REASON = 500;
  public static final int PROPERTY = 500;
  public static final int PROPERTIES = 30;
  public static final int REFERENCE = 1_000;
  public static final int REFERENCES = 20;
  public static final int ID = 300;
  public static final int IDS = 50;
  public static final int FINGERPRINTS = 20;
  public static final int PLACE = 600;
  public static final int PLACES = 100;
  public static final int VERSION = 200;
  public static final int VERSIONS = 50;
  public static final int RATINGS = 50;
  public static final int CWES = 50;
  public static final int IMAGES = 100;
  public static final int PURL = 1_500;
  public static final int PATH = 1_500;

  private TextLimits() {}

  /** The text up to a limit; never half of a surrogate pair. */
  public static String cut(String text, int limit) {
    if (text == null || text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
    return text.substring(0, end) + "…";
  }

  /**
   * As {@link #cut}, for what identifies: two different long texts stay different, because a hash
   * of the whole takes the place of the end.
   */
  public static String cutIdentity(String text, int limit) {
    if (text == null || text.length() <= limit) {
      return text;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      int end = limit - 33;
      end = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
      return text.substring(0, end) + "~" + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The text on one line, without control characters. */
  public static String oneLine(String text) {
    if (text == null) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ') {
        return text.strip().replaceAll("\\s*[\\p{Cntrl}]+\\s*", " ");
      }
    }
    return text.strip();
  }
}
