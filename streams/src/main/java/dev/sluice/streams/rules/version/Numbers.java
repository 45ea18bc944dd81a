package dev.sluice.streams.rules.version;

/** Digit strings of any length: dates and commit counts in versions overflow an int. */
final class Numbers {

  private Numbers() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isNumber(String s) {
    if (s.isEmpty()) {
      return false;
    }
    for (int i = 0; i < s.length(); i++) {
      if (!isDigit(s.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isZero(String digits) {
    return stripZeros(digits).isEmpty();
  }

  static int compare(String digitsA, String digitsB) {
    String a = stripZeros(digitsA);
    String b = stripZeros(digitsB);
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
  }

  /** End of the run of digits that starts at {@code from}. */
  static int endOfDigits(String s, int from) {
    int i = from;
    while (i < s.length() && isDigit(s.charAt(i))) {
      i++;
    }
    return i;
  }

  static int endOfLetters(String s, int from) {
    int i = from;
    while (i < s.length() && isLetter(s.charAt(i))) {
      i++;
    }
    return i;
  }

  private static String stripZeros(String digits) {
    int i = 0;
    while (i < digits.length() && digits.charAt(i) == '0') {
      i++;
    }
    return digits.substring(i);
  }
}
