package dev.sluice.producers.format.json;

/** Numbers as scanners write them. */
public final class Numbers {
  /** Longer than any number a scanner means; parsing a million digits is only work. */
  private static final int MAX_LENGTH = 64;

  private Numbers() {}

  /** A finite number; null where the text is none. */
  public static Double parse(String text) {
    if (text == null || text.isBlank() || text.length() > MAX_LENGTH) {
      return null;
    }
    char last = text.charAt(text.length() - 1);
    if (!Character.isDigit(last) && last != '.' && last != ' ') {
      return null;
    }
    try {
      double value = Double.parseDouble(text.strip());
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
