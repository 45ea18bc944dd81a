package dev.sluice.producers.redact;

/**
 * Finds credentials in free text in one pass, without regular expressions: descriptions are most of
 * a report's bytes. Three shapes are known: a token with a telling prefix, a value behind a telling
 * name ({@code password = …}), and a login in a URL.
 */
final class CredentialText {
  static final String MASK = "***";

  private static final int SHORTEST_RANDOM = 20;

  private CredentialText() {}

  static String redact(String text) {
    int suspect = Suspects.next(text, 0);
    return suspect < 0 ? text : redact(text, suspect);
  }

  private static String redact(String text, int first) {
    StringBuilder out = null;
    int copied = 0;
    int i = first;
    while (i >= 0) {
      char c = text.charAt(i);
      int from = i;
      int to = TokenPrefix.end(text, i);
      if (to < 0 && c == '-' && text.startsWith("-----BEGIN", i)) {
        to = keyEnd(text, i);
      }
      if (to < 0 && (c == ':' || c == '=')) {
        if (text.startsWith("://", i)) {
          from = i + 3;
          to = loginEnd(text, from);
        } else if (Assignments.namesSecret(text, i)) {
          from = Assignments.valueStart(text, i);
          to = Assignments.valueEnd(text, from);
        }
      }
      if (to > from) {
        out = out == null ? new StringBuilder(text.length()) : out;
        out.append(text, copied, from).append(MASK);
        copied = to;
        i = to;
      } else {
        i++;
      }
      i = Suspects.next(text, i);
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  /**
   * As {@link #redact}, and without words that look random: 20 characters or more, with capitals,
   * small letters and at least two digits. For messages about code, which may quote it.
   */
  static String redactStrictly(String text) {
    String safer = redact(text);
    StringBuilder out = null;
    int copied = 0;
    int start = 0;
    while (start + SHORTEST_RANDOM <= safer.length()) {
      // From its shortest end backwards: a word that is too short costs few looks.
      int i = start + SHORTEST_RANDOM - 1;
      while (i >= start && Characters.isRandom(safer.charAt(i))) {
        i--;
      }
      if (i >= start) {
        start = i + 1;
        continue;
      }
      int end = start + SHORTEST_RANDOM;
      while (end < safer.length() && Characters.isRandom(safer.charAt(end))) {
        end++;
      }
      if (looksRandom(safer, start, end)) {
        out = out == null ? new StringBuilder(safer.length()) : out;
        out.append(safer, copied, start).append(MASK);
        copied = end;
      }
      start = end + 1;
    }
    return out == null ? safer : out.append(safer, copied, safer.length()).toString();
  }

  private static boolean looksRandom(String text, int start, int end) {
    int capitals = 0;
    int small = 0;
    int digits = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
      small += c >= 'a' && c <= 'z' ? 1 : 0;
      digits += c >= '0' && c <= '9' ? 1 : 0;
    }
    return capitals > 0 && small > 0 && digits > 1;
  }

  /** A PEM block up to the end of its last line, or all of the rest if it has no end. */
  private static int keyEnd(String text, int start) {
    int headerEnd = text.indexOf("-----", start + 10);
    if (headerEnd < 0 || !text.substring(start, headerEnd).contains("PRIVATE KEY")) {
      return -1;
    }
    int footer = text.indexOf("-----END", headerEnd);
    int footerEnd = footer < 0 ? -1 : text.indexOf("-----", footer + 8);
    return footerEnd < 0 ? text.length() : footerEnd + 5;
  }

  private static int loginEnd(String text, int start) {
    int i = start;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '@') {
        return i > start ? i : -1;
      }
      if (c == '/' || c == '?' || c == '#' || c <= ' ' || c == '"' || c == '\'' || c == '<') {
        return -1;
      }
      i++;
    }
    return -1;
  }
}
