package dev.sluice.sinks.ticket;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;

/**
 * Atlassian Document Format, version 1, of Jira Cloud. It is a tree, so words need no escapes; a
 * text node must not be empty, and the mark code stands alone or with a link.
 */
public final class Adf {
  private Adf() {}

  /** The whole text as a document. */
  public static ObjectNode write(Text text) {
    ObjectNode document = TrackerCalls.JSON.createObjectNode();
    document.put("type", "doc").put("version", 1);
    ArrayNode content = document.putArray("content");
    for (Block block : text.blocks()) {
      if (block instanceof Heading heading) {
        ObjectNode node = content.addObject().put("type", "heading");
        node.putObject("attrs").put("level", 3);
        inline(node.putArray("content"), new Plain(heading.words()));
      } else if (block instanceof Paragraph paragraph) {
        paragraph(content, paragraph.inlines());
      } else if (block instanceof Bullets bullets) {
        ArrayNode entries = content.addObject().put("type", "bulletList").putArray("content");
        for (List<Inline> entry : bullets.entries()) {
          paragraph(entries.addObject().put("type", "listItem").putArray("content"), entry);
        }
      }
    }
    return document;
  }

  private static void paragraph(ArrayNode into, List<Inline> inlines) {
    ArrayNode content = into.addObject().put("type", "paragraph").putArray("content");
    inlines.forEach(inline -> inline(content, inline));
  }

  private static void inline(ArrayNode into, Inline inline) {
    if (inline instanceof Plain plain) {
      text(into, plain.words());
    } else if (inline instanceof Strong strong) {
      mark(text(into, strong.words()), "strong");
    } else if (inline instanceof Code code) {
      mark(text(into, code.words()), "code");
    } else if (inline instanceof Link link) {
      mark(text(into, link.url()), "link").putObject("attrs").put("href", link.url());
    }
  }

  private static ObjectNode text(ArrayNode into, String words) {
    ObjectNode node = TrackerCalls.JSON.createObjectNode();
    node.put("type", "text").put("text", words);
    if (!words.isEmpty()) {
      into.add(node);
    }
    return node;
  }

  private static ObjectNode mark(ObjectNode text, String type) {
    return text.putArray("marks").addObject().put("type", type);
  }
}
