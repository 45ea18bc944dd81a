package dev.sluice.sinks.alertmanager;

import dev.sluice.events.ActionItem;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.PlainText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Labels of an item's alert. To Alertmanager an alert is its labels, and routes see nothing else.
 * So those that routes need and that change with the item are kept apart: when one changes, the
 * alert under the former labels has to be ended.
 *
 * @param stable the same for as long as the item exists
 * @param changing those that follow the item's state
 */
record AlertLabels(Map<String, String> stable, Map<String, String> changing) {
  static final String NAME = "[a-zA-Z_][a-zA-Z0-9_]*";

  private static final int MAX_VALUE = 255;

  /** The owner is anybody's text, and last. */
  private static final Pattern KEY =
      Pattern.compile("severity=([a-z_]+) exploited=(true|false)(?: owner=(.+))?");

  AlertLabels {
    stable = Map.copyOf(stable);
    changing = Map.copyOf(changing);
  }

  static AlertLabels of(ActionItem item, Map<String, String> further) {
    Map<String, String> stable = new TreeMap<>(further);
    put(stable, "alertname", "SluiceItemOpen");
    put(stable, "item", item.getId());
    put(stable, "asset", item.getAsset());
    put(stable, "unit", item.getUnit());
    put(stable, "kind", EventJson.word(item.getKind()));
    put(stable, "package", item.getPackageName());
    Map<String, String> changing = new TreeMap<>();
    put(changing, "severity", EventJson.word(item.getSeverity()));
    put(changing, "exploited", Boolean.toString(item.getKnownExploited()));
    put(changing, "owner", item.getOwner());
    return new AlertLabels(stable, changing);
  }

  /** Whether a label of this name is ours. */
  static boolean isReserved(String name) {
    return switch (name) {
      case "alertname",
          "item",
          "asset",
          "unit",
          "kind",
          "package",
          "severity",
          "exploited",
          "owner" ->
          true;
      default -> name.startsWith("__");
    };
  }

  /** All of them. */
  Map<String, String> all() {
    return with(changing);
  }

  /** What is to be remembered, to end the alert once they have changed. */
  String key() {
    String owner = changing.get("owner");
    return "severity=%s exploited=%s%s"
        .formatted(
            changing.get("severity"),
            changing.get("exploited"),
            owner == null ? "" : " owner=" + owner);
  }

  /**
   * The labels under which the item was sent before.
   *
   * @param key what was remembered then
   * @return empty if they are the same or the key is not one of ours
   */
  Map<String, String> former(String key) {
    Matcher matcher = KEY.matcher(key);
    if (!matcher.matches()) {
      return Map.of();
    }
    Map<String, String> before = new TreeMap<>();
    before.put("severity", matcher.group(1));
    before.put("exploited", matcher.group(2));
    put(before, "owner", matcher.group(3));
    return before.equals(changing) ? Map.of() : with(before);
  }

  private Map<String, String> with(Map<String, String> others) {
    Map<String, String> all = new TreeMap<>(stable);
    all.putAll(others);
    return new LinkedHashMap<>(all);
  }

  /** A label without a value is none. */
  private static void put(Map<String, String> labels, String name, String value) {
    String line = PlainText.line(value, MAX_VALUE);
    if (!line.isEmpty()) {
      labels.put(name, line);
    }
  }
}
