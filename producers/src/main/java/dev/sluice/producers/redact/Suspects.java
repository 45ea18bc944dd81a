package dev.sluice.producers.redact;

import java.util.List;

/**
 * Finds the few places of a text where a credential may begin, two table look-ups a character:
 * nearly all of a text is none, and a closer look at each of its words would be the largest cost of
 * reading a report. A place that is found need not be one; a place that is none is never one.
 */
final class Suspects {
  /** Beginnings of tokens are told apart in so many groups, a bit each. */
  private static final int GROUPS = 7;

  private static final int ASSIGNMENT = 1 << GROUPS;

  /** Groups in which a character comes first, by its low byte. */
  private static final byte[] FIRST = new byte[256];

  /** Groups in which a character comes second. */
  private static final byte[] SECOND = new byte[256];

  static {
    List<TokenPrefix> prefixes = TokenPrefix.ALL;
    for (int i = 0; i < prefixes.size(); i++) {
      // Neighbours in the list begin alike and so share a group.
      pair(prefixes.get(i).text(), 1 << i * GROUPS / prefixes.size());
    }
    pair("--", 1);
    FIRST[':'] |= (byte) ASSIGNMENT;
    FIRST['='] |= (byte) ASSIGNMENT;
    for (int i = 0; i < SECOND.length; i++) {
      SECOND[i] |= (byte) ASSIGNMENT;
    }
  }

  private Suspects() {}

  private static void pair(String beginning, int group) {
    FIRST[beginning.charAt(0)] |= (byte) group;
    SECOND[beginning.charAt(1)] |= (byte) group;
  }

  /** The next place at or behind an index; -1 if there is none. The last character is never one. */
  static int next(String text, int from) {
    int length = text.length();
    if (from >= length) {
      return -1;
    }
    int groups = FIRST[text.charAt(from) & 0xff];
    for (int i = from + 1; i < length; i++) {
      int c = text.charAt(i) & 0xff;
      if ((groups & SECOND[c]) != 0) {
        return i - 1;
      }
      groups = FIRST[c];
    }
    return -1;
  }
}
