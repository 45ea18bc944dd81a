package dev.sluice.sinks.pagerduty;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Severity;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.PlainText;
import dev.sluice.sinks.text.ItemText;
import dev.sluice.sinks.text.Text.Inline;
import dev.sluice.sinks.text.Unmarked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * Events as PagerDuty's Events API v2 takes them. Its limits are 1,024 characters of a summary, 255
 * of a {@code dedup_key}, and 512 KB of a body, of which these use a few at most.
 */
final class PagerDutyEvent {
  static final int MAX_SUMMARY = 1_024;
  static final int MAX_KEY = 255;

  private static final int MAX_WORDS = 255;
  private static final int MAX_FACT = 1_000;
  private static final int MAX_ENTRIES = 10;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Unmarked PLAIN = new Unmarked();

  private PagerDutyEvent() {}

  /** What tells PagerDuty that two events are about the same: an item in one of its lives. */
  static String key(String itemId, int episode) {
    String key = itemId + "/" + episode;
    return key.matches("[!-~]{1," + MAX_KEY + "}") ? key : sha256(itemId) + "/" + episode;
  }

  /** Opens an incident, or says how it stands now. */
  static byte[] trigger(String routingKey, ActionItem item, Instant at) {
    ObjectNode event = event(routingKey, "trigger", key(item.getId(), item.getEpisode()));
    ObjectNode payload = event.putObject("payload");
    String summary =
        "%s: %s in %s"
            .formatted(
                EventJson.word(item.getSeverity()), ItemText.title(item), ItemText.where(item));
    payload.put("summary", PlainText.line(summary, MAX_SUMMARY));
    payload.put("source", orElse(PlainText.line(ItemText.where(item), MAX_WORDS), "sluice"));
    payload.put("severity", severity(item.getSeverity()));
    payload.put("timestamp", (item.getOpenedAt() == null ? at : item.getOpenedAt()).toString());
    text(payload, "component", item.getPackageName());
    text(payload, "group", item.getAsset());
    text(payload, "class", EventJson.word(item.getKind()));
    details(payload.putObject("custom_details"), item);
    ArrayNode links = event.putArray("links");
    for (List<Inline> reference : ItemText.references(item, MAX_ENTRIES)) {
      links.addObject().put("href", PLAIN.line(reference)).put("text", PLAIN.line(reference));
    }
    event.put("client", "Sluice");
    return bytes(event);
  }

  /** Closes the incident of a key, if it is open. */
  static byte[] resolve(String routingKey, String key) {
    return bytes(event(routingKey, "resolve", key));
  }

  /** What nobody has rated is never treated as harmless. */
  static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "critical";
      case HIGH -> "error";
      case MEDIUM, UNKNOWN -> "warning";
      case LOW, NEGLIGIBLE, NONE -> "info";
    };
  }

  private static ObjectNode event(String routingKey, String action, String key) {
    return JSON.createObjectNode()
        .put("routing_key", routingKey)
        .put("event_action", action)
        .put("dedup_key", key);
  }

  private static void details(ObjectNode details, ActionItem item) {
    text(details, "item", item.getId());
    details.put("episode", item.getEpisode());
    text(details, "asset", ItemText.where(item));
    text(details, "do", item.getSummary());
    text(details, "why", item.getReason());
    text(details, "severity", EventJson.word(item.getSeverity()));
    details.put("known_exploited", item.getKnownExploited());
    text(details, "due", ItemText.due(item));
    text(details, "rule", item.getRule());
    text(details, "owner", item.getOwner());
    text(details, "package", item.getPackage$());
    text(details, "place", item.getPlace());
    text(details, "seen_by", ItemText.names(item.getScanners()));
    texts(details, "lines", ItemText.lines(item, MAX_ENTRIES));
    texts(details, "findings", ItemText.findings(item, MAX_ENTRIES));
  }

  private static void text(ObjectNode node, String name, String value) {
    String line = PlainText.line(value, MAX_FACT);
    if (!line.isEmpty()) {
      node.put(name, line);
    }
  }

  private static void texts(ObjectNode node, String name, List<List<Inline>> entries) {
    if (!entries.isEmpty()) {
      ArrayNode array = node.putArray(name);
      entries.forEach(entry -> array.add(PLAIN.line(entry)));
    }
  }

  private static String orElse(String words, String other) {
    return words.isEmpty() ? other : words;
  }

  private static byte[] bytes(ObjectNode event) {
    try {
      return JSON.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
