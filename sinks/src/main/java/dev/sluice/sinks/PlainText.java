package dev.sluice.sinks;

/**
 * Text from scanners made safe for one line of a terminal, a log or a header: control characters,
 * escape sequences and characters that reorder text become visible or vanish.
 */
public final class PlainText {
  private PlainText() {}

  /**
   * One line without anything that a terminal acts on. White space runs become one space; a control
   * or format character becomes U+FFFD.
   */
  public static String line(String text) {
    if (text == null) {
      return "";
    }
    StringBuilder out = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point == '\n' || point == '\r' || point == '\t' || Character.isSpaceChar(point)) {
        space = true;
        continue;
      }
      if (space && out.length() > 0) {
        out.append(' ');
      }
      space = false;
      out.appendCodePoint(isHarmless(point) ? point : 0xFFFD);
    }
    return out.toString();
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }

  /** At most so many characters, with an ellipsis where something was cut. */
  public static String line(String text, int limit) {
    String line = line(text);
    if (line.codePointCount(0, line.length()) <= limit) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, limit - 1)) + "…";
  }
}
