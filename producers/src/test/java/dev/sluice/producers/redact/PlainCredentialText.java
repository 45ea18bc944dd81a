package dev.sluice.producers.redact;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The slow and plain way to find credentials, a closer look at every letter: what the fast one must
 * agree with on every text.
 */
final class PlainCredentialText {
  static final String MASK = "***";

  /** A token's prefix, and how many token characters must follow it. */
  private record Prefix(String text, int least) {}

  private static final List<Prefix> PREFIXES =
      List.of(
          new Prefix("AKIA", 12),
          new Prefix("ASIA", 12),
          new Prefix("AIza", 30),
          new Prefix("EAAC", 30),
          new Prefix("SG.", 30),
          new Prefix("SK", 32),
          new Prefix("AGE-SECRET-KEY-", 20),
          new Prefix("dop_v1_", 30),
          new Prefix("eyJ", 30),
          new Prefix("ghp_", 16),
          new Prefix("gho_", 16),
          new Prefix("ghu_", 16),
          new Prefix("ghs_", 16),
          new Prefix("ghr_", 16),
          new Prefix("github_pat_", 16),
          new Prefix("glpat-", 16),
          new Prefix("glptt-", 16),
          new Prefix("gldt-", 16),
          new Prefix("hf_", 24),
          new Prefix("hvs.", 16),
          new Prefix("npm_", 24),
          new Prefix("pypi-", 24),
          new Prefix("rk_live_", 12),
          new Prefix("sk_live_", 12),
          new Prefix("sk_test_", 12),
          new Prefix("sk-", 24),
          new Prefix("shpat_", 16),
          new Prefix("xapp-", 12),
          new Prefix("xoxa-", 12),
          new Prefix("xoxb-", 12),
          new Prefix("xoxe-", 12),
          new Prefix("xoxp-", 12),
          new Prefix("xoxr-", 12),
          new Prefix("xoxs-", 12),
          new Prefix("ya29.", 16));

  /** The prefixes by their first two characters: few words of a text begin like one. */
  private static final Prefix[][] BY_PAIR = new Prefix[128 * 128][];

  /** Characters at which a closer look is needed; nearly all of a text is none of them. */
  private static final boolean[] LOOK = new boolean[128];

  static {
    for (Prefix prefix : PREFIXES) {
      int pair = prefix.text().charAt(0) * 128 + prefix.text().charAt(1);
      Prefix[] before = BY_PAIR[pair] == null ? new Prefix[0] : BY_PAIR[pair];
      Prefix[] with = Arrays.copyOf(before, before.length + 1);
      with[before.length] = prefix;
      BY_PAIR[pair] = with;
      LOOK[prefix.text().charAt(0)] = true;
    }
    LOOK['-'] = true;
    LOOK[':'] = true;
    LOOK['='] = true;
  }

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

  private static final int LONGEST_NAME = 40;

  private PlainCredentialText() {}

  static String redact(String text) {
    StringBuilder out = null;
    int copied = 0;
    int i = 0;
    int length = text.length();
    while (i < length) {
      char c = text.charAt(i);
      if (c >= 128 || !LOOK[c]) {
        i++;
        continue;
      }
      int from = -1;
      int to = -1;
      char second = i + 1 < length ? text.charAt(i + 1) : 0;
      Prefix[] prefixes = second < 128 ? BY_PAIR[c * 128 + second] : null;
      if (prefixes != null && (i == 0 || !isWord(text.charAt(i - 1)))) {
        to = tokenEnd(text, i, prefixes);
        from = i;
      }
      if (to < 0 && c == '-' && text.startsWith("-----BEGIN", i)) {
        from = i;
        to = keyEnd(text, i);
      }
      if (to < 0 && (c == ':' || c == '=')) {
        if (text.startsWith("://", i)) {
          from = i + 3;
          to = loginEnd(text, from);
        } else if (namesSecret(text, i)) {
          from = valueStart(text, i);
          to = valueEnd(text, from);
        }
      }
      if (to > from && from >= 0) {
        out = out == null ? new StringBuilder(length) : out;
        out.append(text, copied, from).append(MASK);
        copied = to;
        i = to;
      } else {
        i++;
      }
    }
    return out == null ? text : out.append(text, copied, length).toString();
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
    for (int i = 0; i <= safer.length(); i++) {
      if (i < safer.length() && (isWord(safer.charAt(i)) || "+=-".indexOf(safer.charAt(i)) >= 0)) {
        continue;
      }
      if (i - start >= 20 && looksRandom(safer, start, i)) {
        out = out == null ? new StringBuilder(safer.length()) : out;
        out.append(safer, copied, start).append(MASK);
        copied = i;
      }
      start = i + 1;
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

  private static int tokenEnd(String text, int start, Prefix[] prefixes) {
    for (Prefix prefix : prefixes) {
      if (text.startsWith(prefix.text(), start)) {
        int end = start + prefix.text().length();
        int least = end + prefix.least();
        while (end < text.length() && isToken(text.charAt(end))) {
          end++;
        }
        if (end >= least) {
          return end;
        }
      }
    }
    return -1;
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

  /** Whether the word before an assignment says that a secret follows. */
  private static boolean namesSecret(String text, int assignment) {
    int end = assignment;
    while (end > 0 && (text.charAt(end - 1) <= ' ' || isQuote(text.charAt(end - 1)))) {
      end--;
    }
    int start = end;
    while (start > 0
        && end - start < LONGEST_NAME
        && (isWord(text.charAt(start - 1)) || text.charAt(start - 1) == '-')) {
      start--;
    }
    if (end - start < 3) {
      return false;
    }
    String name =
        text.substring(start, end).replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    for (String telling : NAMES) {
      if (name.endsWith(telling)) {
        return true;
      }
    }
    return false;
  }

  private static int valueStart(String text, int assignment) {
    int i = assignment;
    while (i < text.length() && ":=> \t\"'`".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    for (String scheme : List.of("Bearer ", "Basic ", "bearer ", "basic ", "token ")) {
      if (text.startsWith(scheme, i)) {
        return i + scheme.length();
      }
    }
    return i;
  }

  /** A value has six characters or more; in code a call or a variable's name is none. */
  private static int valueEnd(String text, int start) {
    boolean quoted = start > 0 && isQuote(text.charAt(start - 1));
    char quote = quoted ? text.charAt(start - 1) : 0;
    int i = start;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (quoted ? c == quote || c == '\n' : c <= ' ' || isQuote(c) || ",;)}]".indexOf(c) >= 0) {
        break;
      }
      i++;
    }
    return i - start >= 6 || (quoted && i > start) ? i : -1;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static boolean isToken(char c) {
    return isWord(c) || c == '-' || c == '.' || c == '/' || c == '+' || c == '=';
  }
}
