package dev.sluice.app.settings;

import dev.sluice.app.settings.SettingNode.Group;
import dev.sluice.app.settings.SettingNode.Leaf;
import dev.sluice.app.settings.SettingNode.Named;
import dev.sluice.app.settings.SettingNode.TextMap;
import dev.sluice.settings.SecretValue;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of {@code sluice.yaml} as JSON Schema, draft 2020-12, for editors that complete and
 * check while somebody writes. A key without a value is allowed, as in the file itself.
 */
public final class SettingsSchema {
  private static final String TEXTS = "#/$defs/texts";
  private static final List<String> SCALARS = List.of("string", "number", "boolean");

  private SettingsSchema() {}

  /** The schema of the whole file. */
  public static Map<String, Object> document() {
    return document(SluiceSettings.class);
  }

  static Map<String, Object> document(Class<? extends Record> root) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Settings of Sluice (sluice.yaml)");
    schema.putAll(group(SettingNode.of(root)));
    // In an order of its own, for the file must be the same each time.
    Map<String, Object> deeper = new LinkedHashMap<>();
    deeper.put("type", "object");
    deeper.put("additionalProperties", Map.of("$ref", TEXTS));
    schema.put("$defs", Map.of("texts", Map.of("anyOf", List.of(Map.of("type", SCALARS), deeper))));
    return schema;
  }

  private static Map<String, Object> group(Group group) {
    Map<String, Object> properties = new LinkedHashMap<>();
    group.children().forEach((name, node) -> properties.put(name, node(node)));
    Map<String, Object> schema = object(group.doc());
    schema.put("additionalProperties", false);
    schema.put("properties", properties);
    return schema;
  }

  private static Map<String, Object> node(SettingNode node) {
    if (node instanceof Group group) {
      return group(group);
    } else if (node instanceof Named named) {
      Map<String, Object> schema = object(named.doc());
      schema.put("propertyNames", Map.of("pattern", "^[A-Za-z0-9_-]+$"));
      schema.put("additionalProperties", group(named.group()));
      return schema;
    } else if (node instanceof TextMap texts) {
      Map<String, Object> schema = object(texts.doc());
      schema.put("additionalProperties", Map.of("$ref", TEXTS));
      return schema;
    }
    return leaf((Leaf) node);
  }

  private static Map<String, Object> leaf(Leaf leaf) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", leaf.doc());
    Class<?> type = leaf.type();
    if (type == boolean.class) {
      schema.put("type", List.of("boolean", "null"));
    } else if (type == int.class || type == long.class) {
      schema.put("type", List.of("integer", "null"));
    } else if (type == double.class) {
      schema.put("type", List.of("number", "null"));
    } else if (type == List.class) {
      schema.put("type", List.of("array", "string", "null"));
      schema.put("items", Map.of("type", SCALARS));
    } else if (type.isEnum()) {
      schema.put("enum", constants(type));
    } else if (type == Duration.class) {
      schema.put("type", List.of("string", "null"));
      schema.put("pattern", "^([0-9]+(ms|s|m|h|d)|P.+)$");
    } else if (type == Path.class || type == URI.class) {
      schema.put("type", List.of("string", "null"));
    } else {
      // 7 and true without quotes are text too where text is wanted.
      schema.put("type", List.of("string", "number", "boolean", "null"));
    }
    if (!leaf.defaultText().isEmpty() && type != SecretValue.class) {
      schema.put("default", standard(leaf));
    }
    return schema;
  }

  private static Object standard(Leaf leaf) {
    Object value = SettingText.parse(leaf.type(), leaf.defaultText());
    return value instanceof Number || value instanceof Boolean || value instanceof List
        ? value
        : leaf.defaultText();
  }

  private static List<String> constants(Class<?> type) {
    List<String> names = new ArrayList<>();
    Arrays.stream(type.getEnumConstants()).map(SettingText::written).forEach(names::add);
    names.add(null);
    return names;
  }

  private static Map<String, Object> object(String doc) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (!doc.isEmpty()) {
      schema.put("description", doc);
    }
    schema.put("type", List.of("object", "null"));
    return schema;
  }
}
