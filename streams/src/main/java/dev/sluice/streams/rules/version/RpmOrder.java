package dev.sluice.streams.rules.version;

import java.util.Comparator;

/**
 * rpmvercmp of RPM 4.15 and later: epoch, version, release; {@code ~} sorts before, {@code ^}
 * after.
 */
final class RpmOrder implements Comparator<String> {
  static final RpmOrder INSTANCE = new RpmOrder();

  private RpmOrder() {}

  @Override
  public int compare(String a, String b) {
    Evr left = Evr.of(a);
    Evr right = Evr.of(b);
    int byEpoch = Numbers.compare(left.epoch, right.epoch);
    if (byEpoch != 0) {
      return byEpoch;
    }
    int byVersion = part(left.version, right.version);
    return byVersion != 0 ? byVersion : part(left.release, right.release);
  }

  private record Evr(String epoch, String version, String release) {
    static Evr of(String s) {
      int colon = s.indexOf(':');
      boolean hasEpoch = colon > 0 && Numbers.isNumber(s.substring(0, colon));
      String rest = hasEpoch ? s.substring(colon + 1) : s;
      int dash = rest.lastIndexOf('-');
      return new Evr(
          hasEpoch ? s.substring(0, colon) : "0",
          dash < 0 ? rest : rest.substring(0, dash),
          dash < 0 ? "" : rest.substring(dash + 1));
    }
  }

  private static int part(String a, String b) {
    int i = 0;
    int j = 0;
    while (true) {
      i = skipSeparators(a, i);
      j = skipSeparators(b, j);
      char ca = i < a.length() ? a.charAt(i) : 0;
      char cb = j < b.length() ? b.charAt(j) : 0;
      if (ca == '~' || cb == '~') {
        if (ca != cb) {
          return ca == '~' ? -1 : 1;
        }
        i++;
        j++;
        continue;
      }
      if (ca == '^' || cb == '^') {
        if (ca == cb) {
          i++;
          j++;
          continue;
        }
        // A caret is newer than the end, and older than anything else that goes on.
        if (ca == '^') {
          return cb == 0 ? 1 : -1;
        }
        return ca == 0 ? -1 : 1;
      }
      if (ca == 0 || cb == 0) {
        return Boolean.compare(ca != 0, cb != 0);
      }
      boolean digitsA = Numbers.isDigit(ca);
      boolean digitsB = Numbers.isDigit(cb);
      if (digitsA != digitsB) {
        return digitsA ? 1 : -1;
      }
      int endA = digitsA ? Numbers.endOfDigits(a, i) : Numbers.endOfLetters(a, i);
      int endB = digitsA ? Numbers.endOfDigits(b, j) : Numbers.endOfLetters(b, j);
      String left = a.substring(i, endA);
      String right = b.substring(j, endB);
      int bySegment = digitsA ? Numbers.compare(left, right) : left.compareTo(right);
      if (bySegment != 0) {
        return bySegment;
      }
      i = endA;
      j = endB;
    }
  }

  private static int skipSeparators(String s, int from) {
    int i = from;
    while (i < s.length()) {
      char c = s.charAt(i);
      if (Numbers.isDigit(c) || Numbers.isLetter(c) || c == '~' || c == '^') {
        break;
      }
      i++;
    }
    return i;
  }
}
