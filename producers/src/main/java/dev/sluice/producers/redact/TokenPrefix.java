package dev.sluice.producers.redact;

import java.util.List;

/**
 * A token's prefix that tells what it is.
 *
 * @param text at least two characters
 * @param least how many token characters must follow it
 */
record TokenPrefix(String text, int least) {
  /** All that are known, in the order of their first letters. */
  static final List<TokenPrefix> ALL =
      List.of(
          new TokenPrefix("AKIA", 12),
          new TokenPrefix("ASIA", 12),
          new TokenPrefix("AIza", 30),
          new TokenPrefix("AGE-SECRET-KEY-", 20),
          new TokenPrefix("EAAC", 30),
          new TokenPrefix("SG.", 30),
          new TokenPrefix("SK", 32),
          new TokenPrefix("dop_v1_", 30),
          new TokenPrefix("eyJ", 30),
          new TokenPrefix("ghp_", 16),
          new TokenPrefix("gho_", 16),
          new TokenPrefix("ghu_", 16),
          new TokenPrefix("ghs_", 16),
          new TokenPrefix("ghr_", 16),
          new TokenPrefix("github_pat_", 16),
          new TokenPrefix("glpat-", 16),
          new TokenPrefix("glptt-", 16),
          new TokenPrefix("gldt-", 16),
          new TokenPrefix("hf_", 24),
          new TokenPrefix("hvs.", 16),
          new TokenPrefix("npm_", 24),
          new TokenPrefix("pypi-", 24),
          new TokenPrefix("rk_live_", 12),
          new TokenPrefix("sk_live_", 12),
          new TokenPrefix("sk_test_", 12),
          new TokenPrefix("sk-", 24),
          new TokenPrefix("shpat_", 16),
          new TokenPrefix("xapp-", 12),
          new TokenPrefix("xoxa-", 12),
          new TokenPrefix("xoxb-", 12),
          new TokenPrefix("xoxe-", 12),
          new TokenPrefix("xoxp-", 12),
          new TokenPrefix("xoxr-", 12),
          new TokenPrefix("xoxs-", 12),
          new TokenPrefix("ya29.", 16));

  private static final TokenPrefix[][] BY_FIRST = new TokenPrefix[128][];

  static {
    for (int c = 0; c < BY_FIRST.length; c++) {
      int first = c;
      TokenPrefix[] alike =
          ALL.stream().filter(p -> p.text.charAt(0) == first).toArray(TokenPrefix[]::new);
      BY_FIRST[c] = alike.length == 0 ? null : alike;
    }
  }

  /** The end of the token that begins at an index; -1 if none does. */
  static int end(String text, int start) {
    char first = text.charAt(start);
    TokenPrefix[] prefixes = first < 128 ? BY_FIRST[first] : null;
    if (prefixes == null || (start > 0 && Characters.isWord(text.charAt(start - 1)))) {
      return -1;
    }
    for (TokenPrefix prefix : prefixes) {
      if (text.startsWith(prefix.text, start)) {
        int end = start + prefix.text.length();
        int least = end + prefix.least;
        while (end < text.length() && Characters.isToken(text.charAt(end))) {
          end++;
        }
        if (end >= least) {
          return end;
        }
      }
    }
    return -1;
  }
}
