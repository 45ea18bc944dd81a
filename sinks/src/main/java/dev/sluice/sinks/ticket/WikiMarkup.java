package dev.sluice.sinks.ticket;

import dev.sluice.sinks.text.Markup;

/**
 * Wiki markup of Jira Data Center. A backslash escapes what formats, as in "Text formatting
 * notation help" of Jira; a backslash itself and what has a meaning at the start of a line are
 * written as character references.
 */
public final class WikiMarkup extends Markup {
  private static final String SPECIAL = "{}[]()!*_-+^~?|#@%";

  @Override
  protected String escape(String words) {
    StringBuilder out = new StringBuilder(words.length() + 16);
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c == '\\') {
        out.append("&#92;");
      } else if (c == '&') {
        out.append("&amp;");
      } else if (c == ':' && words.startsWith("//", i + 1)) {
        out.append("&#58;");
      } else {
        if (SPECIAL.indexOf(c) >= 0 && !(c == '-' && isInside(words, i))) {
          out.append('\\');
        }
        out.append(c);
      }
    }
    return out.toString();
  }

  /** A hyphen within a word or a version strikes nothing through. */
  private static boolean isInside(String words, int at) {
    return at > 0
        && at + 1 < words.length()
        && Character.isLetterOrDigit(words.charAt(at - 1))
        && Character.isLetterOrDigit(words.charAt(at + 1));
  }

  @Override
  protected String first(String words) {
    String line = words.stripLeading();
    String escaped = escape(line);
    return line.matches("(?i)(h[1-6]|bq)\\..*") ? escaped.replaceFirst("\\.", "&#46;") : escaped;
  }

  @Override
  protected String heading(String escaped) {
    return "h3. " + escaped;
  }

  @Override
  protected String strong(String escaped) {
    return "*" + escaped + "*";
  }

  @Override
  protected String code(String words) {
    return "{{" + escape(words) + "}}";
  }

  @Override
  protected String link(String url) {
    return "[" + url + "]";
  }
}
