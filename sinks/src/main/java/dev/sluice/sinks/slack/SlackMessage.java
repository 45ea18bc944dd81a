package dev.sluice.sinks.slack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.sinks.alert.AlertText;
import dev.sluice.sinks.text.Text;
import dev.sluice.sinks.text.Text.Block;
import dev.sluice.sinks.text.Text.Bullets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An alert in Slack's Block Kit, within its limits: 50 blocks, 150 characters of a header, 3,000 of
 * a section's text.
 */
final class SlackMessage {
  static final int MAX_BLOCKS = 50;
  static final int MAX_HEADER = 150;
  static final int MAX_SECTION = 3_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SlackMarkup MARKUP = new SlackMarkup();

  private final ObjectNode message = JSON.createObjectNode();
  private final ArrayNode blocks;

  private SlackMessage(AlertText alert) {
    // What a notification shows, where no blocks are.
    message.put("text", SlackMarkup.entities(cut(alert.title(), MAX_HEADER * 2)));
    message.put("unfurl_links", false);
    message.put("unfurl_media", false);
    blocks = message.putArray("blocks");
    ObjectNode header = blocks.addObject().put("type", "header").putObject("text");
    header
        .put("type", "plain_text")
        .put("text", cut(alert.title(), MAX_HEADER))
        .put("emoji", false);
    alert.summary().ifPresent(this::section);
    List<Text> shown = alert.entries().stream().limit(MAX_BLOCKS - 1L - blocks.size()).toList();
    shown.forEach(this::section);
    ArrayNode footer = blocks.addObject().put("type", "context").putArray("elements");
    footer.add(mrkdwn(MARKUP.write(alert.footer(shown.size())).strip()));
  }

  static byte[] of(AlertText alert) {
    try {
      return JSON.writeValueAsBytes(new SlackMessage(alert).message);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
  }

  private void section(Text text) {
    blocks.addObject().put("type", "section").set("text", mrkdwn(fitting(text)));
  }

  /** Verbatim: nothing that looks like an address or a channel becomes a link. */
  private static ObjectNode mrkdwn(String text) {
    return JSON.createObjectNode().put("type", "mrkdwn").put("text", text).put("verbatim", true);
  }

  /** As many lines of its list as fit; a mark cut in two would format what follows. */
  private static String fitting(Text text) {
    Text shorter = text;
    String written = written(shorter);
    while (written.length() > MAX_SECTION) {
      shorter = shorter(shorter);
      written = written(shorter);
    }
    return written;
  }

  private static String written(Text text) {
    return MARKUP.write(text).strip().replace("\n* ", "\n• ").replaceFirst("^\\* ", "• ");
  }

  private static Text shorter(Text text) {
    List<Block> blocks = new ArrayList<>(text.blocks());
    Block last = blocks.remove(blocks.size() - 1);
    if (last instanceof Bullets bullets && bullets.entries().size() > 1) {
      blocks.add(new Bullets(bullets.entries().subList(0, bullets.entries().size() - 1)));
    }
    return new Text(blocks);
  }

  private static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
    return text.substring(0, end) + "…";
  }
}
