package dev.sluice.sinks.alert;

import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Severity;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.PlainText;
import dev.sluice.sinks.text.ItemText;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An alert in words, before any markup.
 *
 * @param title one line
 * @param summary counts; empty for a single event
 * @param entries its items, worst first, each a text of its own that can be left out
 * @param events how many events it is about
 */
public record AlertText(String title, Optional<Text> summary, List<Text> entries, int events) {
  /** Items that a storm shows. */
  public static final int STORM_ENTRIES = 5;

  private static final int MAX_ENTRIES = 20;
  private static final int MAX_LINES = 3;
  private static final int MAX_WORDS = 300;
  private static final int MAX_NAME = 150;

  public AlertText {
    entries = List.copyOf(entries);
  }

  /** The words of an alert. */
  public static AlertText of(Alert alert) {
    int limit = alert.kind() == AlertKind.STORM ? STORM_ENTRIES : MAX_ENTRIES;
    boolean single = alert.kind() == AlertKind.SINGLE;
    return new AlertText(
        title(alert),
        single ? Optional.empty() : Optional.of(summary(alert)),
        alert.entries().stream().limit(limit).map(entry -> entry(entry, !single)).toList(),
        alert.total());
  }

  /**
   * Where to go on reading.
   *
   * @param shown items that the message has room for
   */
  public Text footer(int shown) {
    String which = shown == 1 ? "The worst item is shown. " : "The worst " + shown + " are shown. ";
    return Text.of(
        new Plain((shown < events ? which : "") + "Everything about one: "),
        new Code("sluice explain ITEM"));
  }

  private static String title(Alert alert) {
    AlertEntry worst = alert.worst();
    return switch (alert.kind()) {
      case SINGLE -> headline(worst) + " in " + PlainText.line(where(worst.item()), MAX_NAME);
      case EXPLOITED ->
          "%s is now known to be exploited: %s"
              .formatted(
                  alert.group().isEmpty() ? "A vulnerability" : alert.group(), assets(alert));
      case DIGEST, STORM ->
          "%s%s (%s)"
              .formatted(
                  alert.group().isEmpty() ? "" : alert.group() + ": ",
                  many(alert.total(), "event"),
                  alert.bySeverity().isEmpty() ? byEvent(alert) : bySeverity(alert));
    };
  }

  private static Text summary(Alert alert) {
    List<Block> blocks = new ArrayList<>();
    String from = alert.from().map(Object::toString).orElse("");
    String to = alert.to().map(Object::toString).orElse("");
    String when = from.equals(to) ? " at " + from : " from " + from + " to " + to;
    blocks.add(
        new Paragraph(
            List.of(
                new Strong(many(alert.total(), "event")),
                new Plain(
                    " on "
                        + assets(alert)
                        + (from.isEmpty() ? "" : when)
                        + ": "
                        + byEvent(alert)
                        + "."))));
    List<List<Inline>> assets = new ArrayList<>();
    alert
        .byAsset()
        .forEach(
            (asset, count) ->
                assets.add(List.of(Code.of(asset, MAX_NAME), new Plain(": " + count))));
    if (alert.assets() > assets.size()) {
      assets.add(List.of(new Plain("and others")));
    }
    blocks.add(new Bullets(assets));
    return new Text(blocks);
  }

  private static Text entry(AlertEntry entry, boolean titled) {
    ActionItem item = entry.item();
    List<Block> blocks = new ArrayList<>();
    if (titled) {
      blocks.add(new Heading(headline(entry)));
    }
    List<List<Inline>> facts = new ArrayList<>();
    facts.add(List.of(new Strong("Where:"), new Plain(" "), Code.of(where(item), MAX_NAME)));
    fact(facts, "What", item.getSummary());
    fact(facts, "Now", item.getStatusReason());
    ItemText.lines(item, MAX_LINES).forEach(facts::add);
    if (!Worth.isEnd(entry.event().getType())) {
      fact(facts, "Due", ItemText.due(item));
      fact(facts, "Why", item.getReason());
    }
    fact(facts, "Owner", item.getOwner());
    entry
        .ticket()
        .flatMap(Link::find)
        .or(() -> item.getReferences().stream().flatMap(r -> Link.find(r).stream()).findFirst())
        .ifPresent(
            link ->
                facts.add(
                    List.of(
                        new Strong(entry.ticket().isPresent() ? "Ticket:" : "See:"),
                        new Plain(" "),
                        link)));
    facts.add(List.of(new Strong("Item:"), new Plain(" "), Code.of(item.getId(), MAX_NAME)));
    blocks.add(new Bullets(facts));
    return new Text(blocks);
  }

  private static String headline(AlertEntry entry) {
    ActionItem item = entry.item();
    return "%s: %s (%s)"
        .formatted(word(entry.event().getType()), ItemText.title(item), ItemText.severity(item));
  }

  private static String where(ActionItem item) {
    return item.getPlace() == null
        ? ItemText.where(item)
        : ItemText.where(item) + " " + item.getPlace();
  }

  private static void fact(List<List<Inline>> facts, String name, String value) {
    if (value != null && !value.isBlank()) {
      facts.add(List.of(new Strong(name + ":"), Plain.of(" " + value, MAX_WORDS)));
    }
  }

  private static String bySeverity(Alert alert) {
    return alert.bySeverity().entrySet().stream()
        .map(count -> count.getValue() + " " + severity(count.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static String severity(Severity severity) {
    return severity == Severity.UNKNOWN ? "unrated" : EventJson.word(severity);
  }

  private static String byEvent(Alert alert) {
    return alert.byEvent().entrySet().stream()
        .map(count -> count.getValue() + " " + word(count.getKey()).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static String assets(Alert alert) {
    String more = alert.assets() < AlertDraft.MAX_ASSETS ? "" : " or more";
    return many(alert.assets(), "asset") + more;
  }

  private static String many(int count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }

  private static String word(ActionEventType type) {
    return switch (type) {
      case UNKNOWN, CHANGED -> "Changed";
      case OPENED -> "Opened";
      case REOPENED -> "Reopened";
      case RESOLVED -> "Resolved";
      case WITHDRAWN -> "Withdrawn";
      case DUE_SOON -> "Due soon";
      case OVERDUE -> "Overdue";
      case EXPLOITED -> "Exploited";
    };
  }
}
