package dev.sluice.producers.redact;

import java.util.List;

/** Values behind a telling name: {@code password = …}, {@code "api_key": "…"}. */
final class Assignments {
  /** Compared without underscores and hyphens and in lower case. */
  private static final List<String> NAMES =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "pwd",
          "secret",
          "token",
          "apikey",
          "accesskey",
          "privatekey",
          "secretkey",
          "authorization",
          "credential",
          "credentials",
          "connectionstring");

  private static final List<String> SCHEMES =
      List.of("Bearer ", "Basic ", "bearer ", "basic ", "token ");

  private static final int LONGEST_NAME = 40;

  /** Names by their last letter, which most words before a colon do not share. */
  private static final String[][] BY_LAST = new String[128][];

  static {
    for (int c = 0; c < BY_LAST.length; c++) {
      int last = c;
      String[] alike =
          NAMES.stream().filter(n -> n.charAt(n.length() - 1) == last).toArray(String[]::new);
      BY_LAST[c] = alike.length == 0 ? null : alike;
    }
  }

  private Assignments() {}

  /** Whether the word before an assignment says that a secret follows. */
  static boolean namesSecret(String text, int assignment) {
    int end = assignment;
    while (end > 0 && (text.charAt(end - 1) <= ' ' || Characters.isQuote(text.charAt(end - 1)))) {
      end--;
    }
    int start = end;
    int last = -1;
    while (start > 0 && end - start < LONGEST_NAME && isName(text.charAt(start - 1))) {
      start--;
      if (last < 0 && isLetter(text.charAt(start))) {
        last = start;
        if (BY_LAST[lower(text.charAt(last))] == null) {
          return false;
        }
      }
    }
    if (last < 0 || end - start < 3) {
      return false;
    }
    for (String telling : BY_LAST[lower(text.charAt(last))]) {
      if (endsWith(text, start, last, telling)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsWith(String text, int start, int last, String telling) {
    int left = telling.length() - 1;
    for (int i = last; i >= start; i--) {
      char c = text.charAt(i);
      if (isLetter(c)) {
        if (lower(c) != telling.charAt(left)) {
          return false;
        }
        if (--left < 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isName(char c) {
    return Characters.isWord(c) || c == '-';
  }

  /** Part of a name that counts when it is compared. */
  private static boolean isLetter(char c) {
    return c != '_' && c != '-';
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }

  static int valueStart(String text, int assignment) {
    int i = assignment;
    while (i < text.length() && ":=> \t\"'`".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    for (String scheme : SCHEMES) {
      if (text.startsWith(scheme, i)) {
        return i + scheme.length();
      }
    }
    return i;
  }

  /** A value has six characters or more; in code a call or a variable's name is none. */
  static int valueEnd(String text, int start) {
    boolean quoted = start > 0 && Characters.isQuote(text.charAt(start - 1));
    char quote = quoted ? text.charAt(start - 1) : 0;
    int i = start;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean ends =
          quoted
              ? c == quote || c == '\n'
              : c <= ' ' || Characters.isQuote(c) || ",;)}]".indexOf(c) >= 0;
      if (ends) {
        break;
      }
      i++;
    }
    return i - start >= 6 || (quoted && i > start) ? i : -1;
  }
}
