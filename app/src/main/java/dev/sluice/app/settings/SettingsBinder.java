package dev.sluice.app.settings;

import dev.sluice.app.settings.SettingNode.Group;
import dev.sluice.app.settings.SettingNode.Leaf;
import dev.sluice.app.settings.SettingNode.Named;
import dev.sluice.app.settings.SettingNode.TextMap;
import dev.sluice.settings.SecretValue;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Fills settings records. Collects every problem, so that a user corrects a file once. */
final class SettingsBinder {
  private final SmallRyeConfig config;
  private final TreeSet<String> names = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();

  SettingsBinder(SmallRyeConfig config) {
    this.config = config;
    config.getPropertyNames().forEach(names::add);
  }

  List<String> problems() {
    return problems;
  }

  /** The record, or null if a problem was found. */
  <R extends Record> R bind(Class<R> type, Group shape) {
    return type.cast(group("", shape));
  }

  private Record group(String prefix, Group group) {
    int before = problems.size();
    RecordComponent[] components = group.type().getRecordComponents();
    Object[] arguments = new Object[components.length];
    int i = 0;
    for (Map.Entry<String, SettingNode> child : group.children().entrySet()) {
      arguments[i++] = child(prefix + child.getKey(), child.getValue());
    }
    return problems.size() > before ? null : construct(prefix, group, components, arguments);
  }

  private Object child(String key, SettingNode node) {
    if (node instanceof Group group) {
      return group(key + ".", group);
    } else if (node instanceof Named named) {
      return named(key + ".", named);
    } else if (node instanceof TextMap) {
      return texts(key + ".");
    }
    return leaf(key, (Leaf) node);
  }

  private Object leaf(String key, Leaf leaf) {
    ConfigValue value = config.getConfigValue(key);
    String text = value == null ? null : value.getValue();
    if (text == null) {
      return SettingText.parse(leaf.type(), leaf.defaultText());
    }
    try {
      return SettingText.parse(leaf.type(), text);
    } catch (IllegalArgumentException e) {
      String shown = leaf.type() == SecretValue.class ? "***" : "\"" + text + "\"";
      problems.add(
          value.getConfigSourceName()
              + ": "
              + key
              + " is "
              + shown
              + ", expected "
              + e.getMessage());
      return null;
    }
  }

  private Map<String, String> texts(String prefix) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : under(prefix)) {
      texts.put(name.substring(prefix.length()), config.getConfigValue(name).getValue());
    }
    return texts;
  }

  private Map<String, Record> named(String prefix, Named named) {
    Map<String, Record> records = new LinkedHashMap<>();
    for (String name : under(prefix)) {
      String chosen = name.substring(prefix.length()).split("\\.", 2)[0];
      if (!records.containsKey(chosen)) {
        records.put(chosen, group(prefix + chosen + ".", named.group()));
      }
    }
    return records;
  }

  private Iterable<String> under(String prefix) {
    return names.subSet(prefix, prefix + Character.MAX_VALUE);
  }

  private Record construct(
      String prefix, Group group, RecordComponent[] components, Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = group.type().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        String key = prefix.isEmpty() ? "settings" : prefix.substring(0, prefix.length() - 1);
        problems.add(key + ": " + refused.getMessage() + places(prefix));
        return null;
      }
      throw new IllegalStateException("settings record " + group.type().getName() + " failed", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("settings record " + group.type().getName() + " failed", e);
    }
  }

  /** Where the values came from that a record refused as a whole. */
  private String places(String prefix) {
    TreeSet<String> places = new TreeSet<>();
    for (String name : under(prefix)) {
      places.add(config.getConfigValue(name).getConfigSourceName());
    }
    return places.isEmpty() ? "" : " (" + String.join("; ", places) + ")";
  }
}
