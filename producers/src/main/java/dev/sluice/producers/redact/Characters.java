package dev.sluice.producers.redact;

/** What a character can be part of. Only ASCII is part of anything. */
final class Characters {
  private static final byte WORD = 1;
  private static final byte TOKEN = 2;
  private static final byte RANDOM = 4;
  private static final byte[] KINDS = new byte[128];

  static {
    for (char c = 0; c < 128; c++) {
      boolean word =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      KINDS[c] |= word ? WORD | TOKEN | RANDOM : 0;
      KINDS[c] |= "-./+=".indexOf(c) >= 0 ? TOKEN : 0;
      KINDS[c] |= "+=-".indexOf(c) >= 0 ? RANDOM : 0;
    }
  }

  private Characters() {}

  /** A letter, a digit or an underscore. */
  static boolean isWord(char c) {
    return c < 128 && (KINDS[c] & WORD) != 0;
  }

  /** What tokens are made of: Base64 in both alphabets, and dots. */
  static boolean isToken(char c) {
    return c < 128 && (KINDS[c] & TOKEN) != 0;
  }

  /** What a word that looks random is made of: a slash or dot ends it, as paths have those. */
  static boolean isRandom(char c) {
    return c < 128 && (KINDS[c] & RANDOM) != 0;
  }

  static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }
}
