package dev.sluice.app.settings;

import dev.sluice.app.settings.Layer.Placed;
import dev.sluice.app.settings.SettingNode.Group;
import dev.sluice.app.settings.SettingNode.TextMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code SLUICE_*} variables against the shape. */
final class EnvironmentLayer {
  static final int RANK = 300;

  /** Variables of the launcher and of tests, which are not settings. */
  static final Set<String> RESERVED =
      Set.of("SLUICE_CONFIG", "SLUICE_JAVA_OPTS", "SLUICE_JAVA_HOME", "SLUICE_REQUIRE_ALL");

  /** Short names for what every pipeline sets. */
  private static final Map<String, String> ALIASES =
      Map.of("SLUICE_URL", "client.server", "SLUICE_TOKEN", "client.token");

  private EnvironmentLayer() {}

  /**
   * @param environment all variables
   * @param known keys that other sources hold, so that {@code MY_HOOK} finds {@code my-hook}
   */
  static Layer read(Map<String, String> environment, Group shape, Collection<String> known) {
    Map<String, SettingNode> keys = SettingKeys.of(shape);
    Map<String, Placed> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach(
            (variable, text) -> {
              if (!variable.startsWith("SLUICE_")
                  || RESERVED.contains(variable)
                  || isServiceLink(variable, text)) {
                return;
              }
              Optional<String> key = key(variable, keys, known);
              if (key.isPresent()) {
                values.put(key.get(), new Placed(text, "environment variable " + variable));
              } else {
                problems.add(unknown(variable, keys));
              }
            });
    // https://no-color.org: any value but an empty one.
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty() && keys.containsKey("colours")) {
      values.put("colours", new Placed("false", "environment variable NO_COLOR"));
    }
    return new Layer("environment", RANK, values, problems);
  }

  /** Kubernetes gives each pod variables named after services: ours might be called sluice. */
  private static boolean isServiceLink(String variable, String text) {
    return variable.matches("SLUICE_.*_SERVICE_(HOST|PORT.*)|SLUICE_SERVICE_(HOST|PORT.*)")
        || variable.matches("SLUICE_(.*_)?PORT(_\\d+_(TCP|UDP|SCTP)(_.*)?)?")
            && (text.matches("(tcp|udp|sctp)://.*") || variable.matches(".*_PORT_\\d+_.*"));
  }

  private static Optional<String> key(
      String variable, Map<String, SettingNode> keys, Collection<String> known) {
    String alias = ALIASES.get(variable);
    if (alias != null && keys.containsKey(alias)) {
      return Optional.of(alias);
    }
    for (Map.Entry<String, SettingNode> entry : keys.entrySet()) {
      String key = entry.getKey();
      int any = key.indexOf(SettingKeys.ANY);
      if (any < 0) {
        if (SettingKeys.variable(key).equals(variable)) {
          return Optional.of(key);
        }
        continue;
      }
      String before = SettingKeys.variable(key.substring(0, any - 1)) + "_";
      String after = key.substring(any + 1);
      String tail =
          after.isEmpty() ? "" : SettingKeys.variable(after).substring("SLUICE_".length());
      if (variable.startsWith(before)
          && variable.endsWith(tail)
          && variable.length() > before.length() + tail.length()) {
        String name = variable.substring(before.length(), variable.length() - tail.length());
        String prefix = key.substring(0, any);
        return Optional.of(prefix + chosen(prefix, name, entry.getValue(), known) + after);
      }
    }
    return Optional.empty();
  }

  private static String chosen(
      String prefix, String name, SettingNode node, Collection<String> known) {
    if (node instanceof TextMap) {
      return name.toLowerCase(Locale.ROOT).replace('_', '.');
    }
    return known.stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()).split("\\.", 2)[0])
        .filter(written -> written.toUpperCase(Locale.ROOT).replace('-', '_').equals(name))
        .findFirst()
        .orElseGet(() -> name.toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static String unknown(String variable, Map<String, SettingNode> keys) {
    List<String> variables = keys.keySet().stream().map(SettingKeys::variable).toList();
    String remedy =
        Nearest.of(variable, variables)
            .map(found -> "did you mean " + found + "?")
            .orElse("see docs/settings.md for all of them");
    return "environment variable " + variable + ": unknown setting; " + remedy;
  }
}
