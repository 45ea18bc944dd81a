package dev.sluice.streams.rules.version;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Tolerant order for ecosystems without one of their own, and for Composer: runs of digits and of
 * letters, separators do not count, words of a pre-release sort before the release, other words
 * after it, numbers after words.
 */
final class NaturalOrder implements Comparator<String> {
  static final NaturalOrder INSTANCE = new NaturalOrder();

  /** Oldest first. */
  private static final List<String> BEFORE_RELEASE =
      List.of(
          "dev",
          "snapshot",
          "nightly",
          "canary",
          "alpha",
          "a",
          "beta",
          "b",
          "milestone",
          "m",
          "preview",
          "pre",
          "rc",
          "cr");

  private NaturalOrder() {}

  @Override
  public int compare(String a, String b) {
    List<String> left = tokens(a);
    List<String> right = tokens(b);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      String x = i < left.size() ? left.get(i) : "";
      String y = i < right.size() ? right.get(i) : "";
      int byToken = token(x, y);
      if (byToken != 0) {
        return byToken;
      }
    }
    return 0;
  }

  static boolean isBeforeRelease(String word) {
    return BEFORE_RELEASE.contains(word.toLowerCase(Locale.ROOT));
  }

  private static int token(String x, String y) {
    int byRank = Integer.compare(rank(x), rank(y));
    if (byRank != 0) {
      return byRank;
    }
    return switch (rank(x)) {
      case -1 -> Integer.compare(BEFORE_RELEASE.indexOf(x), BEFORE_RELEASE.indexOf(y));
      case 2 -> Numbers.compare(x, y);
      default -> x.compareTo(y);
    };
  }

  private static int rank(String token) {
    if (token.isEmpty()) {
      return 0;
    }
    if (Numbers.isDigit(token.charAt(0))) {
      return 2;
    }
    return BEFORE_RELEASE.contains(token) ? -1 : 1;
  }

  private static List<String> tokens(String version) {
    String v = version.toLowerCase(Locale.ROOT);
    if (v.length() > 1 && v.charAt(0) == 'v' && Numbers.isDigit(v.charAt(1))) {
      v = v.substring(1);
    }
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < v.length(); ) {
      char c = v.charAt(i);
      int end = Numbers.isDigit(c) ? Numbers.endOfDigits(v, i) : Numbers.endOfLetters(v, i);
      if (end == i) {
        i++;
        continue;
      }
      if (!Numbers.isDigit(c)) {
        dropZerosAtEnd(tokens);
      }
      tokens.add(v.substring(i, end));
      i = end;
    }
    dropZerosAtEnd(tokens);
    return tokens;
  }

  /** 1.0, 1.0.0 and 1 mean the same, with a label or without; a lone 0 stays. */
  private static void dropZerosAtEnd(List<String> tokens) {
    while (tokens.size() > 1
        && Numbers.isNumber(tokens.get(tokens.size() - 1))
        && Numbers.isZero(tokens.get(tokens.size() - 1))
        && Numbers.isNumber(tokens.get(tokens.size() - 2))) {
      tokens.remove(tokens.size() - 1);
    }
  }
}
