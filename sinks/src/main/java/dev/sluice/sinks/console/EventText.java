package dev.sluice.sinks.console;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Change;
import dev.sluice.events.Severity;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.PlainText;
import dev.sluice.sinks.text.ItemText;
import dev.sluice.sinks.text.Markup;
import dev.sluice.sinks.text.Unmarked;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** An event in words for a terminal. */
final class EventText {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Markup WORDS = new Unmarked();
  private static final int MAX_LINES = 5;
  private static final int MAX_TEXT = 200;

  private final boolean colours;
  private final boolean details;

  EventText(boolean colours, boolean details) {
    this.colours = colours;
    this.details = details;
  }

  /** One or more whole lines. */
  String of(ActionItem item, ActionEvent event) {
    StringBuilder block = new StringBuilder(256);
    Instant at = event.getAt() == null ? item.getUpdatedAt() : event.getAt();
    if (at != null) {
      block.append(MINUTE.format(at)).append("  ");
    }
    block.append(pad(word(event.getType()), 9));
    block.append(coloured(pad(EventJson.word(item.getSeverity()), 10), item.getSeverity()));
    block.append(clean(ItemText.where(item))).append("  ").append(clean(item.getTitle()));
    if (item.getKnownExploited()) {
      block.append(coloured("  exploited", Severity.CRITICAL));
    }
    if (event.getType() == ActionEventType.CHANGED && !event.getChanges().isEmpty()) {
      block.append("  (").append(changes(event)).append(')');
    }
    if (item.getStatusReason() != null && ends(event.getType())) {
      block.append("  (").append(clean(item.getStatusReason())).append(')');
    }
    block.append('\n');
    if (details && asksForWork(event.getType())) {
      appendDetails(block, item);
    }
    return block.toString();
  }

  private void appendDetails(StringBuilder block, ActionItem item) {
    detail(block, "do", item.getSummary());
    ItemText.lines(item, MAX_LINES).forEach(line -> detail(block, "line", WORDS.line(line)));
    detail(block, "why", item.getReason());
    detail(block, "due", ItemText.due(item));
    detail(block, "owner", item.getOwner());
    detail(block, "seen by", String.join(", ", item.getScanners()));
    detail(block, "item", item.getId());
  }

  private static String changes(ActionEvent event) {
    return event.getChanges().stream()
        .limit(MAX_LINES)
        .map(EventText::change)
        .collect(Collectors.joining("; "));
  }

  private static String change(Change change) {
    return clean(change.getField())
        + ": "
        + PlainText.line(change.getBefore(), 60)
        + " → "
        + PlainText.line(change.getAfter(), 60);
  }

  private static void detail(StringBuilder block, String label, String text) {
    String line = clean(text);
    if (!line.isEmpty()) {
      block.append("    ").append(pad(label, 8)).append(line).append('\n');
    }
  }

  private String coloured(String text, Severity severity) {
    if (!colours) {
      return text;
    }
    String code =
        switch (severity) {
          case CRITICAL -> "1;31";
          case HIGH -> "31";
          case MEDIUM -> "33";
          case UNKNOWN -> "35";
          case LOW, NEGLIGIBLE, NONE -> "2";
        };
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }

  private static String word(ActionEventType type) {
    return EventJson.word(type).replace('_', ' ');
  }

  private static boolean asksForWork(ActionEventType type) {
    return type == ActionEventType.OPENED
        || type == ActionEventType.REOPENED
        || type == ActionEventType.EXPLOITED;
  }

  private static boolean ends(ActionEventType type) {
    return type == ActionEventType.RESOLVED || type == ActionEventType.WITHDRAWN;
  }

  private static String clean(String text) {
    return PlainText.line(text, MAX_TEXT);
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
  }
}
