package dev.sluice.app.settings;

import dev.sluice.app.settings.Layer.Placed;
import dev.sluice.app.settings.SettingNode.Group;
import dev.sluice.app.settings.SettingNode.Leaf;
import dev.sluice.app.settings.SettingNode.Named;
import dev.sluice.app.settings.SettingNode.TextMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes what flags say: keys in full with their text. */
final class FlagLayer {
  static final int RANK = 400;
  static final int PRESET_RANK = 100;

  private FlagLayer() {}

  /**
   * @param flags text by key
   * @param places how each was written, for example {@code --port}
   */
  static Layer read(Map<String, String> flags, Map<String, String> places, Group shape) {
    Map<String, Placed> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    flags.forEach(
        (key, text) -> {
          String place = places.getOrDefault(key, "--set " + key);
          if (isKnown(key, shape)) {
            values.put(key, new Placed(text, place));
          } else {
            String remedy =
                Nearest.of(key, SettingKeys.of(shape).keySet())
                    .map(found -> "did you mean " + found + "?")
                    .orElse("see docs/settings.md for all of them");
            problems.add(place + ": unknown setting " + key + "; " + remedy);
          }
        });
    return new Layer("flags", RANK, values, problems);
  }

  /** Defaults of a mode: below everything that a user says. */
  static Layer presets(Map<String, String> presets, Group shape) {
    Map<String, Placed> values = new LinkedHashMap<>();
    presets.forEach(
        (key, text) -> {
          if (!isKnown(key, shape)) {
            throw new IllegalStateException("no such setting: " + key);
          }
          values.put(key, new Placed(text, "default of this mode"));
        });
    return new Layer("presets", PRESET_RANK, values, List.of());
  }

  private static boolean isKnown(String key, Group group) {
    String[] parts = key.split("\\.", 2);
    SettingNode node = group.children().get(parts[0]);
    if (parts.length == 1) {
      return node instanceof Leaf;
    }
    if (node instanceof Group child) {
      return isKnown(parts[1], child);
    }
    if (node instanceof Named named) {
      String[] rest = parts[1].split("\\.", 2);
      return rest.length == 2 && isKnown(rest[1], named.group());
    }
    return node instanceof TextMap && !parts[1].isEmpty();
  }
}
