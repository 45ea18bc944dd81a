package dev.sluice.streams.rules.version;

import java.util.Comparator;

/**
 * Debian Policy, section 5.6.12: epoch, upstream version, revision; {@code ~} sorts before the end.
 */
final class DebianOrder implements Comparator<String> {
  static final DebianOrder INSTANCE = new DebianOrder();

  private DebianOrder() {}

  @Override
  public int compare(String a, String b) {
    int byEpoch = Numbers.compare(epoch(a), epoch(b));
    if (byEpoch != 0) {
      return byEpoch;
    }
    int byUpstream = part(upstream(a), upstream(b));
    return byUpstream != 0 ? byUpstream : part(revision(a), revision(b));
  }

  private static String epoch(String v) {
    int colon = v.indexOf(':');
    return colon > 0 && Numbers.isNumber(v.substring(0, colon)) ? v.substring(0, colon) : "0";
  }

  private static String withoutEpoch(String v) {
    int colon = v.indexOf(':');
    return colon > 0 && Numbers.isNumber(v.substring(0, colon)) ? v.substring(colon + 1) : v;
  }

  private static String upstream(String v) {
    String rest = withoutEpoch(v);
    int dash = rest.lastIndexOf('-');
    return dash < 0 ? rest : rest.substring(0, dash);
  }

  private static String revision(String v) {
    String rest = withoutEpoch(v);
    int dash = rest.lastIndexOf('-');
    return dash < 0 ? "" : rest.substring(dash + 1);
  }

  private static int part(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() || j < b.length()) {
      while ((i < a.length() && !Numbers.isDigit(a.charAt(i)))
          || (j < b.length() && !Numbers.isDigit(b.charAt(j)))) {
        int byChar = Integer.compare(weight(a, i), weight(b, j));
        if (byChar != 0) {
          return byChar;
        }
        i++;
        j++;
      }
      int endA = Numbers.endOfDigits(a, Math.min(i, a.length()));
      int endB = Numbers.endOfDigits(b, Math.min(j, b.length()));
      int byNumber =
          Numbers.compare(
              a.substring(Math.min(i, a.length()), endA),
              b.substring(Math.min(j, b.length()), endB));
      if (byNumber != 0) {
        return byNumber;
      }
      i = endA;
      j = endB;
    }
    return 0;
  }

  /**
   * Weight of the character at {@code i}: tilde, then end or digit, then letters, then the rest.
   */
  private static int weight(String s, int i) {
    if (i >= s.length() || Numbers.isDigit(s.charAt(i))) {
      return 0;
    }
    char c = s.charAt(i);
    if (c == '~') {
      return -1;
    }
    return Numbers.isLetter(c) ? c : c + 0x10000;
  }
}
