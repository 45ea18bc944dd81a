package dev.sluice.producers.format;

/** Numbers of the Common Weakness Enumeration. */
final class Cwes {
  private static final int MOST = 99_999;

  private Cwes() {}

  /**
   * The number in {@code CWE-79}, {@code CWE-79: Name}, {@code external/cwe/cwe-079} or {@code 79}.
   */
  static Integer number(String text) {
    if (text == null) {
      return null;
    }
    String rest = text.strip();
    int at = indexOfCwe(rest);
    if (at >= 0) {
      rest = rest.substring(at + 3);
      if (!rest.isEmpty() && "-:_ ".indexOf(rest.charAt(0)) >= 0) {
        rest = rest.substring(1).strip();
      }
    }
    int end = 0;
    while (end < rest.length() && end < 7 && Character.digit(rest.charAt(end), 10) >= 0) {
      end++;
    }
    if (end == 0 || (at < 0 && end < rest.length())) {
      return null;
    }
    int number = Integer.parseInt(rest.substring(0, end));
    return number >= 1 && number <= MOST ? number : null;
  }

  private static int indexOfCwe(String text) {
    for (int i = 0; i + 3 <= text.length(); i++) {
      if (text.regionMatches(true, i, "cwe", 0, 3)
          && (i + 3 == text.length() || text.charAt(i + 3) != '/')) {
        return i;
      }
    }
    return -1;
  }
}
