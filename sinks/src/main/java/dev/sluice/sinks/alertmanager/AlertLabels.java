package dev.sluice.sinks.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.EventJson;
import dev.sluice.sinks.PlainText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

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
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

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
    try {
      return JSON.writeValueAsString(new TreeMap<>(changing));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are JSON", e);
    }
  }

  /**
   * The labels under which the item was sent before.
   *
   * @param key what was remembered then
   * @return empty if they are the same or the key is not one of ours
   */
  Map<String, String> former(String key) {
    try {
      Map<String, String> before = JSON.readValue(key, TEXTS);
      return before == null || before.equals(changing) ? Map.of() : with(before);
    } catch (JsonProcessingException e) {
      return Map.of();
    }
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
