package dev.sluice.app.settings;

import dev.sluice.app.settings.SettingNode.Group;
import dev.sluice.app.settings.SettingNode.Leaf;
import dev.sluice.app.settings.SettingNode.Named;
import dev.sluice.app.settings.SettingNode.TextMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** All keys of a shape by their full name; a name that the user chooses is written {@code *}. */
final class SettingKeys {
  static final String ANY = "*";

  private SettingKeys() {}

  /** Leaves and text maps in the order of their declaration. */
  static Map<String, SettingNode> of(Group root) {
    Map<String, SettingNode> keys = new LinkedHashMap<>();
    collect("", root, keys);
    return keys;
  }

  private static void collect(String prefix, Group group, Map<String, SettingNode> keys) {
    group
        .children()
        .forEach(
            (name, node) -> {
              String key = prefix + name;
              if (node instanceof Group child) {
                collect(key + ".", child, keys);
              } else if (node instanceof Named named) {
                collect(key + "." + ANY + ".", named.group(), keys);
              } else if (node instanceof TextMap) {
                keys.put(key + "." + ANY, node);
              } else if (node instanceof Leaf) {
                keys.put(key, node);
              }
            });
  }

  /** {@code kafka.bootstrap-servers} is {@code SLUICE_KAFKA_BOOTSTRAP_SERVERS}. */
  static String variable(String key) {
    return "SLUICE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
