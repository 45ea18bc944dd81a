package dev.sluice.app.settings;

import dev.sluice.settings.Setting;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The shape of settings: what may be written where. Read off the records once. */
sealed interface SettingNode {

  /** One value. */
  record Leaf(Class<?> type, String defaultText, String doc) implements SettingNode {
    boolean isList() {
      return type == List.class;
    }
  }

  /** Free names with text values, for example properties of a Kafka client. */
  record TextMap(String doc) implements SettingNode {}

  /** A record. */
  record Group(Class<? extends Record> type, Map<String, SettingNode> children, String doc)
      implements SettingNode {}

  /** Records of one kind by a name that the user chooses. */
  record Named(Group group, String doc) implements SettingNode {}

  /** The shape of a root record. */
  static Group of(Class<? extends Record> type) {
    return group(type, "");
  }

  private static Group group(Class<? extends Record> type, String doc) {
    Map<String, SettingNode> children = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Setting setting = component.getAnnotation(Setting.class);
      if (setting == null) {
        throw new IllegalStateException(
            type.getName() + "." + component.getName() + " needs a @Setting annotation");
      }
      children.put(kebab(component.getName()), node(component, setting));
    }
    return new Group(type, children, doc);
  }

  private static SettingNode node(RecordComponent component, Setting setting) {
    Class<?> type = component.getType();
    if (type.isRecord()) {
      return group(type.asSubclass(Record.class), setting.doc());
    }
    if (type == Map.class) {
      Type value = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[1];
      if (value == String.class) {
        return new TextMap(setting.doc());
      }
      Class<? extends Record> group = ((Class<?>) value).asSubclass(Record.class);
      return new Named(group(group, setting.doc()), setting.doc());
    }
    return new Leaf(type, setting.value(), setting.doc());
  }

  /** {@code bootstrapServers} is {@code bootstrap-servers} where people write it. */
  static String kebab(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
