package dev.sluice.app.settings;

import dev.sluice.app.settings.SettingNode.Group;
import dev.sluice.app.settings.SettingNode.Leaf;
import dev.sluice.app.settings.SettingNode.Named;
import dev.sluice.settings.SecretValue;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the settings come to, and why. Credentials are stars, and so is what could be one:
 * properties of other people's clients that are named like one, and credentials in URLs.
 *
 * @param file the settings file; null if there is none
 * @param values in the order of the settings table
 */
public record EffectiveSettings(Path file, List<Value> values) {
  static final String DEFAULT = "default";

  private static final String STARS = "***";
  private static final Pattern CREDENTIAL =
      Pattern.compile("(?i).*(pass|secret|token|key|credential|jaas|auth|user[._-]?info|cookie).*");
  private static final Pattern URL_USER = Pattern.compile("(://)[^/@\\s]+@");
  private static final Pattern URL_PARAMETER =
      Pattern.compile("(?i)([?&;](?:password|token|secret|key|sig)[a-z]*=)[^&;]+");

  /**
   * One key.
   *
   * @param value as it would be written
   * @param source {@code sluice.yaml, line 7}, {@code environment variable SLUICE_X}, a flag, or
   *     {@code default}
   */
  public record Value(String key, String value, String source) {
    /** Whether nobody said anything. */
    public boolean unset() {
      return source.equals(DEFAULT);
    }
  }

  static EffectiveSettings of(Path file, Group shape, SmallRyeConfig config) {
    TreeSet<String> names = new TreeSet<>();
    config.getPropertyNames().forEach(names::add);
    List<Value> values = new ArrayList<>();
    group("", shape, config, names, values);
    return new EffectiveSettings(file, List.copyOf(values));
  }

  private static void group(
      String prefix, Group group, SmallRyeConfig config, TreeSet<String> names, List<Value> into) {
    group
        .children()
        .forEach(
            (name, node) -> {
              String key = prefix + name;
              String below = key + ".";
              if (node instanceof Leaf leaf) {
                into.add(leaf(key, leaf, config.getConfigValue(key)));
              } else if (node instanceof Group child) {
                group(below, child, config, names, into);
              } else if (node instanceof Named named) {
                names.subSet(below, below + Character.MAX_VALUE).stream()
                    .map(full -> full.substring(below.length()).split("\\.", 2)[0])
                    .distinct()
                    .forEach(
                        chosen -> group(below + chosen + ".", named.group(), config, names, into));
              } else {
                names.subSet(below, below + Character.MAX_VALUE).stream()
                    .map(full -> text(full, config.getConfigValue(full)))
                    .forEach(into::add);
              }
            });
  }

  private static Value leaf(String key, Leaf leaf, ConfigValue set) {
    boolean written = set != null && set.getValue() != null;
    String text = written ? set.getValue() : leaf.defaultText();
    boolean secret = leaf.type() == SecretValue.class && !text.isEmpty();
    return new Value(
        key, secret ? STARS : masked(text), written ? set.getConfigSourceName() : DEFAULT);
  }

  private static Value text(String key, ConfigValue set) {
    boolean secret = CREDENTIAL.matcher(key).matches() && !set.getValue().isEmpty();
    return new Value(key, secret ? STARS : masked(set.getValue()), set.getConfigSourceName());
  }

  private static String masked(String text) {
    String plain = URL_USER.matcher(text).replaceAll("$1" + STARS + "@");
    return URL_PARAMETER.matcher(plain).replaceAll("$1" + STARS);
  }
}
