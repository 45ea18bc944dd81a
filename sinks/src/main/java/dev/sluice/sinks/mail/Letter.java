package dev.sluice.sinks.mail;

import dev.sluice.sinks.alert.AlertText;
import dev.sluice.sinks.text.Text;
import dev.sluice.sinks.text.Text.Block;
import dev.sluice.sinks.text.Text.Bullets;
import dev.sluice.sinks.text.Text.Code;
import dev.sluice.sinks.text.Text.Heading;
import dev.sluice.sinks.text.Text.Inline;
import dev.sluice.sinks.text.Text.Link;
import dev.sluice.sinks.text.Text.Paragraph;
import dev.sluice.sinks.text.Text.Plain;
import dev.sluice.sinks.text.Text.Strong;
import dev.sluice.sinks.text.Unmarked;
import java.util.ArrayList;
import java.util.List;

/** The body of a mail, twice. The HTML loads nothing from anywhere. */
final class Letter {
  private static final Unmarked WORDS = new Unmarked();

  private Letter() {}

  static String plain(AlertText alert) {
    StringBuilder out = new StringBuilder(2048).append(alert.title()).append("\n\n");
    for (Text part : parts(alert)) {
      out.append(WORDS.write(part)).append('\n');
    }
    return out.append("-- \n").append(WORDS.write(alert.footer(alert.entries().size()))).toString();
  }

  static String html(AlertText alert) {
    StringBuilder out = new StringBuilder(4096);
    out.append("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n");
    out.append("<h2>").append(escape(alert.title())).append("</h2>\n");
    for (Text part : parts(alert)) {
      append(out, part);
    }
    out.append("<hr>\n");
    append(out, alert.footer(alert.entries().size()));
    return out.append("</body></html>\n").toString();
  }

  private static List<Text> parts(AlertText alert) {
    List<Text> parts = new ArrayList<>();
    alert.summary().ifPresent(parts::add);
    parts.addAll(alert.entries());
    return parts;
  }

  private static void append(StringBuilder out, Text text) {
    for (Block block : text.blocks()) {
      if (block instanceof Heading heading) {
        out.append("<h3>").append(escape(heading.words())).append("</h3>\n");
      } else if (block instanceof Paragraph paragraph) {
        out.append("<p>").append(line(paragraph.inlines())).append("</p>\n");
      } else if (block instanceof Bullets bullets) {
        out.append("<ul>\n");
        bullets
            .entries()
            .forEach(entry -> out.append("<li>").append(line(entry)).append("</li>\n"));
        out.append("</ul>\n");
      }
    }
  }

  private static String line(List<Inline> inlines) {
    StringBuilder out = new StringBuilder();
    for (Inline inline : inlines) {
      if (inline instanceof Plain plain) {
        out.append(escape(plain.words()));
      } else if (inline instanceof Strong strong) {
        out.append("<b>").append(escape(strong.words())).append("</b>");
      } else if (inline instanceof Code code) {
        out.append("<code>").append(escape(code.words())).append("</code>");
      } else if (inline instanceof Link link) {
        String url = escape(link.url());
        out.append("<a href=\"").append(url).append("\">").append(url).append("</a>");
      }
    }
    return out.toString();
  }

  private static String escape(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
