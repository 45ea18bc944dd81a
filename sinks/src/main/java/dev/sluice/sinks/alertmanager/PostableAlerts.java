package dev.sluice.sinks.alertmanager;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.PlainText;
import dev.sluice.sinks.text.ItemText;
import dev.sluice.sinks.text.Text;
import dev.sluice.sinks.text.Text.Block;
import dev.sluice.sinks.text.Text.Bullets;
import dev.sluice.sinks.text.Text.Inline;
import dev.sluice.sinks.text.Unmarked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Alerts as {@code postableAlerts} of Alertmanager's API v2. */
final class PostableAlerts {
  private static final int MAX_ENTRIES = 10;
  private static final int MAX_TEXT = 1_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Unmarked PLAIN = new Unmarked();

  private final ArrayNode alerts = JSON.createArrayNode();

  /**
   * Adds an alert of an item.
   *
   * @param until when it ends, or is taken for ended if it is not sent again
   */
  PostableAlerts add(ActionItem item, Map<String, String> labels, Instant until) {
    ObjectNode alert = alerts.addObject();
    ObjectNode names = alert.putObject("labels");
    labels.forEach(names::put);
    annotations(alert.putObject("annotations"), item);
    Instant from = item.getOpenedAt();
    if (from != null && !from.isAfter(until)) {
      alert.put("startsAt", from.toString());
    }
    alert.put("endsAt", until.toString());
    ItemText.references(item, 1).forEach(link -> alert.put("generatorURL", PLAIN.line(link)));
    return this;
  }

  byte[] bytes() {
    try {
      return JSON.writeValueAsBytes(alerts);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
  }

  private static void annotations(ObjectNode annotations, ActionItem item) {
    put(annotations, "summary", ItemText.title(item));
    put(annotations, "description", item.getSummary());
    put(annotations, "why", item.getReason());
    put(annotations, "due", ItemText.due(item));
    put(annotations, "place", item.getPlace());
    put(annotations, "status", EventJson.word(item.getStatus()));
    put(annotations, "status_reason", item.getStatusReason());
    put(annotations, "rule", item.getRule());
    put(annotations, "seen_by", ItemText.names(item.getScanners()));
    list(annotations, "lines", ItemText.lines(item, MAX_ENTRIES));
    list(annotations, "findings", ItemText.findings(item, MAX_ENTRIES));
    annotations.put("episode", Integer.toString(item.getEpisode()));
  }

  private static void put(ObjectNode annotations, String name, String value) {
    String line = PlainText.line(value, MAX_TEXT);
    if (!line.isEmpty()) {
      annotations.put(name, line);
    }
  }

  private static void list(ObjectNode annotations, String name, List<List<Inline>> entries) {
    if (!entries.isEmpty()) {
      List<Block> bullets = new ArrayList<>();
      bullets.add(new Bullets(entries));
      annotations.put(name, PLAIN.write(new Text(bullets)).strip());
    }
  }
}
