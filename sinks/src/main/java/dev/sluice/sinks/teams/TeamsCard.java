package dev.sluice.sinks.teams;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * An alert as an Adaptive Card 1.4 in a message. All words are runs of text, in which Adaptive
 * Cards know no Markdown, so nothing in them formats or links. Teams refuses messages above about
 * 28 KB; ours stay well below, by leaving the last items out.
 */
final class TeamsCard {
  /** Bytes of a message: the refusal counts more than the body, so some of the 28 KB stay free. */
  static final int MAX_BYTES = 21_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode message = JSON.createObjectNode().put("type", "message");
  private final ArrayNode body;

  private TeamsCard(AlertText alert, int entries) {
    ObjectNode attachment = message.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive").putNull("contentUrl");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard").put("version", "1.4");
    card.putObject("msteams").put("width", "Full");
    card.put("fallbackText", plain(alert.title()));
    body = card.putArray("body");
    run(block(), alert.title()).put("size", "large").put("weight", "bolder");
    alert.summary().ifPresent(this::add);
    alert.entries().stream().limit(entries).forEach(this::add);
    add(alert.footer(entries));
  }

  static byte[] of(AlertText alert) {
    int entries = alert.entries().size();
    byte[] bytes = bytes(alert, entries);
    while (bytes.length > MAX_BYTES && entries > 0) {
      entries--;
      bytes = bytes(alert, entries);
    }
    return bytes;
  }

  private static byte[] bytes(AlertText alert, int entries) {
    try {
      return JSON.writeValueAsBytes(new TeamsCard(alert, entries).message);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
  }

  private void add(Text text) {
    boolean first = true;
    for (Block part : text.blocks()) {
      if (part instanceof Heading heading) {
        run(spaced(first), heading.words()).put("weight", "bolder");
      } else if (part instanceof Paragraph paragraph) {
        line(spaced(first), paragraph.inlines());
      } else if (part instanceof Bullets bullets) {
        for (List<Inline> entry : bullets.entries()) {
          ArrayNode line = block();
          run(line, "• ");
          line(line, entry);
        }
      }
      first = false;
    }
  }

  private ArrayNode block() {
    return body.addObject().put("type", "RichTextBlock").put("spacing", "none").putArray("inlines");
  }

  private ArrayNode spaced(boolean first) {
    ObjectNode block = body.addObject().put("type", "RichTextBlock");
    return block.put("spacing", first ? "medium" : "none").putArray("inlines");
  }

  private static void line(ArrayNode line, List<Inline> inlines) {
    for (Inline inline : inlines) {
      if (inline instanceof Plain words) {
        run(line, words.words());
      } else if (inline instanceof Strong strong) {
        run(line, strong.words()).put("weight", "bolder");
      } else if (inline instanceof Code code) {
        run(line, code.words()).put("fontType", "monospace");
      } else if (inline instanceof Link link) {
        run(line, link.url())
            .putObject("selectAction")
            .put("type", "Action.OpenUrl")
            .put("url", link.url());
      }
    }
  }

  private static ObjectNode run(ArrayNode line, String words) {
    return line.addObject().put("type", "TextRun").put("text", plain(words));
  }

  /** Date functions are looked for in every text: two braces in a row would begin one. */
  private static String plain(String words) {
    return words.replace("{{", "{ {");
  }
}
