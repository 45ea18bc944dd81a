package dev.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.settings.SettingNode.Leaf;
import dev.sluice.settings.SecretValue;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key of every settings record: its default is valid, and a value reaches its component. */
class EveryKeyTest {
  private static final Path NOWHERE = Path.of("/nonexistent");
  private static final String HASH = "0123456789abcdef".repeat(4);

  /** Values of their own for keys whose type alone does not say what is valid. */
  private static final Map<String, String> SPECIAL =
      Map.ofEntries(
          Map.entry("gateway.tokens.*.sha256", "f".repeat(64)),
          Map.entry("client.server", "https://other.example"),
          Map.entry("database.url", "jdbc:postgresql://other.example/x"),
          Map.entry("feeds.*.url", "https://feed.example/list.json"),
          Map.entry("publisher.redaction-key-id", "k9"),
          Map.entry("sinks.*.grouping.quiet-hours.zone", "Europe/Berlin"),
          Map.entry("sinks.*.grouping.quiet-hours.from", "21:30"),
          Map.entry("sinks.*.grouping.quiet-hours.to", "06:30"),
          Map.entry("sinks.*.grouping.quiet-hours.days", "FRI,SAT"),
          Map.entry("sinks.*.syslog.sd-id", "audit@32473"),
          Map.entry("sinks.*.syslog.max-bytes", "8192"));

  /** What must be there too, or the record refuses the value. */
  private static final Map<String, Map<String, String>> COMPANIONS =
      Map.of(
          "gateway.tokens.",
          Map.of("gateway.tokens.name.sha256", HASH, "gateway.tokens.name.assets", "*"),
          "gateway.webhooks.",
          Map.of("gateway.webhooks.name.secret", "shared", "gateway.webhooks.name.assets", "*"),
          "sinks.*.grouping.quiet-hours.",
          Map.of(
              "sinks.name.grouping.quiet-hours.from", "22:00",
              "sinks.name.grouping.quiet-hours.to", "07:00"),
          "publisher.window-bytes",
          Map.of("publisher.buffer-memory", "99999999"));

  static Stream<String> keys() {
    return SettingKeys.of(SettingNode.of(SluiceSettings.class)).keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void reachesItsComponent(String key) throws Exception {
    SettingNode node = SettingKeys.of(SettingNode.of(SluiceSettings.class)).get(key);
    String text = SPECIAL.getOrDefault(key, sample(node));
    String written = key.replace("*", "name");
    SettingsLoader loader = new SettingsLoader(Map.of(), NOWHERE);
    COMPANIONS.forEach(
        (prefix, others) -> {
          if (key.startsWith(prefix)) {
            others.forEach((other, value) -> loader.flag(other, value, "companion"));
          }
        });

    Object bound = at(loader.flag(written, text, "test").load(), written);

    Object expected = node instanceof Leaf leaf ? SettingText.parse(leaf.type(), text) : text;
    assertThat(bound).isEqualTo(expected);
    if (node instanceof Leaf leaf) {
      assertThat(bound).isNotEqualTo(SettingText.parse(leaf.type(), leaf.defaultText()));
    }
  }

  private static Object at(Object value, String key) throws Exception {
    if (key.isEmpty()) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      if (map.containsKey(key)) {
        return map.get(key);
      }
      String[] parts = key.split("\\.", 2);
      return at(map.get(parts[0]), parts[1]);
    }
    String[] parts = key.split("\\.", 2);
    for (var component : value.getClass().getRecordComponents()) {
      if (SettingNode.kebab(component.getName()).equals(parts[0])) {
        component.getAccessor().setAccessible(true);
        Object inner = component.getAccessor().invoke(value);
        return at(inner, parts.length == 1 ? "" : parts[1]);
      }
    }
    throw new AssertionError("no component for " + key);
  }

  private static String sample(SettingNode node) {
    if (!(node instanceof Leaf leaf)) {
      return "text";
    }
    Class<?> type = leaf.type();
    Object standard = SettingText.parse(type, leaf.defaultText());
    if (type == boolean.class) {
      return String.valueOf(!(Boolean) standard);
    } else if (type == int.class) {
      return String.valueOf((Integer) standard + 1);
    } else if (type == long.class) {
      return String.valueOf((Long) standard + 1);
    } else if (type == double.class) {
      return String.valueOf((Double) standard + 0.5);
    } else if (type == Duration.class) {
      return ((Duration) standard).toMillis() - 1 + "ms";
    } else if (type == URI.class) {
      return "https://sample.example/x";
    } else if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (!constant.equals(standard)) {
          return constant.toString();
        }
      }
    } else if (type == List.class) {
      return "one,two";
    } else if (type == SecretValue.class) {
      return "hush";
    }
    return "sample";
  }
}
