package dev.sluice.sinks;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Fills a settings record from its declared defaults and some keys in kebab case. */
public final class Defaults {
  private Defaults() {}

  /** A configured sink: its type, and the keys that are set. */
  public static SinkSettings sink(String type, Map<String, String> keys) {
    Map<String, String> all = new java.util.HashMap<>(keys);
    all.put("type", type);
    return of(SinkSettings.class, all);
  }

  public static <R extends Record> R of(Class<R> type, Map<String, String> keys) {
    return type.cast(fill(type, "", keys));
  }

  private static Object fill(Class<?> type, String prefix, Map<String, String> keys) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      String key = prefix + kebab(components[i].getName());
      Setting setting = components[i].getAnnotation(Setting.class);
      types[i] = components[i].getType();
      values[i] =
          types[i].isRecord()
              ? fill(types[i], key + ".", keys)
              : types[i] == Map.class
                  ? under(key + ".", keys)
                  : convert(types[i], keys.getOrDefault(key, setting.value()));
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> under(String prefix, Map<String, String> keys) {
    Map<String, String> map = new java.util.HashMap<>();
    keys.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            map.put(key.substring(prefix.length()), value);
          }
        });
    return map;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Object convert(Class<?> type, String text) {
    if (type == boolean.class) {
      return Boolean.parseBoolean(text);
    }
    if (type == int.class) {
      return text.isEmpty() ? 0 : Integer.parseInt(text);
    }
    if (type == long.class) {
      return text.isEmpty() ? 0L : Long.parseLong(text);
    }
    if (type == double.class) {
      return text.isEmpty() ? 0.0 : Double.parseDouble(text);
    }
    if (type == List.class) {
      return text.isEmpty() ? List.of() : List.of(text.split(","));
    }
    if (text.isEmpty()) {
      return type == String.class ? "" : null;
    }
    if (type.isEnum()) {
      return Enum.valueOf((Class) type, text);
    }
    if (type == Duration.class) {
      return Duration.parse(text.endsWith("d") ? "P" + text : "PT" + text);
    }
    if (type == URI.class) {
      return URI.create(text);
    }
    if (type == Path.class) {
      return Path.of(text);
    }
    return type == SecretValue.class ? SecretValue.of(text) : text;
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }
}
