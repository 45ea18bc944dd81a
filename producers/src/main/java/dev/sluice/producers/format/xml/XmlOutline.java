package dev.sluice.producers.format.xml;

import dev.sluice.producers.report.ReportHead;

/** What the head of an XML report begins with, for recognising its format. */
public final class XmlOutline {
  private XmlOutline() {}

  /** Local name of the first element; empty if the head is no XML. */
  public static String root(ReportHead head) {
    String text = head.text();
    int at = 0;
    while (at < text.length()) {
      at = blank(text, at);
      if (!text.startsWith("<", at)) {
        return "";
      }
      String end = text.startsWith("<?", at) ? "?>" : text.startsWith("<!--", at) ? "-->" : null;
      if (end == null) {
        return name(text, at + 1);
      }
      int close = text.indexOf(end, at);
      if (close < 0) {
        return "";
      }
      at = close + end.length();
    }
    return "";
  }

  private static int blank(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static String name(String text, int from) {
    int end = from;
    while (end < text.length() && " \t\r\n/>".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String name = text.substring(from, end);
    return name.substring(name.indexOf(':') + 1);
  }
}
