package dev.sluice.sinks.ticket;

import dev.sluice.sinks.text.Markup;

/**
 * Markdown as GitHub and GitLab read it. Escapes are those of CommonMark 0.31, section 2.4. A word
 * joiner, which nobody sees, parts {@code @}, {@code #} and the other signs of references from what
 * follows: those are looked for after the escapes are gone.
 */
public final class Markdown extends Markup {
  private static final String SPECIAL = "\\`*_[]<>|^{}~#!@$%&";
  private static final String REFERENCES = "@#!~%$&^";
  private static final char JOINER = '\u2060';

  @Override
  protected String escape(String words) {
    StringBuilder out = new StringBuilder(words.length() + 16);
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      boolean slashes = c == '/' && i > 0 && words.charAt(i - 1) == ':';
      boolean www = c == '.' && i >= 3 && words.regionMatches(true, i - 3, "www", 0, 3);
      if (SPECIAL.indexOf(c) >= 0 || slashes || www) {
        out.append('\\');
      }
      out.append(c);
      if (REFERENCES.indexOf(c) >= 0) {
        out.append(JOINER);
      }
    }
    return out.toString();
  }

  @Override
  protected String first(String words) {
    String line = words.stripLeading();
    String escaped = escape(line);
    if (line.matches("\\d+[.)].*")) {
      return escaped.replaceFirst("[.)]", "\\\\$0");
    }
    // A list, a rule or, at GitLab, a command: /close at the start of a line closes the ticket.
    return line.matches("[-+=/:].*") ? "\\" + escaped : escaped;
  }

  @Override
  protected String heading(String escaped) {
    return "### " + escaped;
  }

  @Override
  protected String strong(String escaped) {
    return "**" + escaped + "**";
  }

  /** The fence is longer than any row of backticks inside; CommonMark 6.1 strips one blank. */
  @Override
  protected String code(String words) {
    int longest = 0;
    int row = 0;
    for (int i = 0; i < words.length(); i++) {
      row = words.charAt(i) == '`' ? row + 1 : 0;
      longest = Math.max(longest, row);
    }
    String fence = "`".repeat(longest + 1);
    String pad = words.startsWith("`") || words.endsWith("`") ? " " : "";
    return fence + pad + words + pad + fence;
  }

  @Override
  protected String link(String url) {
    return "<" + url + ">";
  }
}
