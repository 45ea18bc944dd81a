package dev.sluice.sinks.database;

/** Widths of text columns in characters, as the migrations declare them; what is longer is cut. */
final class Width {
  static final int WORD = 64;
  static final int ID = 256;
  static final int NAME = 512;
  static final int TEXT = 2_000;
  static final int JSON = 64_000;
  static final int DOCUMENT = 1_000_000;

  private Width() {}

  /**
   * Text as both databases take it: cut at whole characters, without NUL, which PostgreSQL has no
   * room for, and without halves of surrogate pairs, which are no UTF-8.
   */
  static String fit(String text, int width) {
    if (text == null) {
      return null;
    }
    int end = text.length();
    if (end > width) {
      end = Character.isHighSurrogate(text.charAt(width - 1)) ? width - 1 : width;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return cleaned(text, end);
      }
    }
    return end == text.length() ? text : text.substring(0, end);
  }

  private static String cleaned(String text, int end) {
    StringBuilder clean = new StringBuilder(end);
    for (int i = 0; i < end; ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      clean.appendCodePoint(point == 0 || half ? 0xFFFD : point);
    }
    return clean.toString();
  }
}
