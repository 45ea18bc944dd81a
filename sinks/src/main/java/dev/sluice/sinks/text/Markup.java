package dev.sluice.sinks.text;

import dev.sluice.sinks.text.Text.Block;
import dev.sluice.sinks.text.Text.Bullets;
import dev.sluice.sinks.text.Text.Code;
import dev.sluice.sinks.text.Text.Heading;
import dev.sluice.sinks.text.Text.Inline;
import dev.sluice.sinks.text.Text.Link;
import dev.sluice.sinks.text.Text.Paragraph;
import dev.sluice.sinks.text.Text.Plain;
import dev.sluice.sinks.text.Text.Strong;
import java.util.List;

/** A markup of plain text. Words are escaped: nothing in them formats, links, calls or commands. */
public abstract class Markup {

  /** The whole text, with a line end after each block. */
  public final String write(Text text) {
    StringBuilder out = new StringBuilder(2048);
    for (Block block : text.blocks()) {
      if (out.length() > 0) {
        out.append('\n');
      }
      if (block instanceof Heading heading) {
        out.append(heading(escape(heading.words()))).append('\n');
      } else if (block instanceof Paragraph paragraph) {
        out.append(line(paragraph.inlines())).append('\n');
      } else if (block instanceof Bullets bullets) {
        for (List<Inline> entry : bullets.entries()) {
          out.append("* ").append(line(entry)).append('\n');
        }
      }
    }
    return out.toString();
  }

  /** One line, without its end. */
  public final String line(List<Inline> inlines) {
    StringBuilder out = new StringBuilder();
    for (Inline inline : inlines) {
      if (inline instanceof Plain plain) {
        out.append(out.length() == 0 ? first(plain.words()) : escape(plain.words()));
      } else if (inline instanceof Strong strong) {
        out.append(strong(escape(strong.words())));
      } else if (inline instanceof Code code) {
        out.append(code.words().isBlank() ? "" : code(code.words()));
      } else if (inline instanceof Link link) {
        out.append(link(link.url()));
      }
    }
    return out.toString();
  }

  /** Escaped words that may stand anywhere but first in a line. */
  protected abstract String escape(String words);

  /** Escaped words that stand first in a line, where more has a meaning. */
  protected abstract String first(String words);

  protected abstract String heading(String escaped);

  protected abstract String strong(String escaped);

  /** Words, not yet escaped, letter by letter. */
  protected abstract String code(String words);

  protected abstract String link(String url);
}
