package dev.sluice.sinks.ticket;

import dev.sluice.sinks.text.Markup;

/**
 * Textile as Redmine reads it. It has no escapes, so every sign that formats, links or calls is
 * written as a character reference, which its RedCloth leaves as it is; Redmine's own links to
 * issues, people and macros are looked for before references are resolved by the browser.
 */
public final class Textile extends Markup {
  private static final String SPECIAL = "*_-+^~%@?!\"|{}[]()#<>&=`\\$/'";

  @Override
  protected String escape(String words) {
    StringBuilder out = new StringBuilder(words.length() + 16);
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      boolean inside =
          i > 0
              && i + 1 < words.length()
              && Character.isLetterOrDigit(words.charAt(i - 1))
              && Character.isLetterOrDigit(words.charAt(i + 1));
      boolean harmless = inside && (c == '-' || c == '/');
      // version:1.0, user:root and http:// are links; "Where: " is not.
      boolean names = c == ':' && i + 1 < words.length() && words.charAt(i + 1) != ' ';
      if (names || (SPECIAL.indexOf(c) >= 0 && !harmless)) {
        out.append("&#").append((int) c).append(';');
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  @Override
  protected String first(String words) {
    String line = words.stripLeading();
    int dot = line.indexOf('.');
    // h1. or bq. or p(class). or fn1. at the start of a line is a block.
    boolean block =
        dot > 0 && dot < 40 && line.indexOf(' ') != 0 && !line.substring(0, dot).contains(" ");
    return block
        ? escape(line.substring(0, dot)) + "&#46;" + escape(line.substring(dot + 1))
        : escape(line);
  }

  @Override
  protected String heading(String escaped) {
    return "h3. " + escaped;
  }

  @Override
  protected String strong(String escaped) {
    return "*" + escaped + "*";
  }

  /** In Textile's own code references would show as they are written, so there is none. */
  @Override
  protected String code(String words) {
    return escape(words);
  }

  @Override
  protected String link(String url) {
    return "\"" + escape(url) + "\":" + url;
  }
}
