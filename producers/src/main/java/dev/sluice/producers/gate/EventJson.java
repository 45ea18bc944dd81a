package dev.sluice.producers.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/** Events as JSON for people and scripts: names as in the schema, times in ISO 8601, no unions. */
public final class EventJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EventJson() {}

  public static String of(IndexedRecord event) {
    return node(event).toString();
  }

  /**
   * Reads what {@link #of} writes, and documents of the read model, which have enum values in lower
   * case and leave out what has no value. Fields and enum values of later versions are passed over.
   *
   * @param empty a record with defaults, that is filled
   */
  public static <V extends IndexedRecord> V read(JsonNode json, V empty) {
    for (Schema.Field field : empty.getSchema().getFields()) {
      JsonNode value = json.path(field.name());
      if (!value.isMissingNode() && !value.isNull()) {
        empty.put(field.pos(), value(value, field.schema()));
      } else if (empty.get(field.pos()) == null && field.hasDefaultValue()) {
        empty.put(field.pos(), SpecificData.get().deepCopy(field.schema(), defaultOf(field)));
      }
    }
    return empty;
  }

  private static Object defaultOf(Schema.Field field) {
    return SpecificData.get().getDefaultValue(field);
  }

  private static Object value(JsonNode json, Schema schema) {
    return switch (schema.getType()) {
      case UNION ->
          value(
              json,
              schema.getTypes().stream()
                  .filter(type -> type.getType() != Schema.Type.NULL)
                  .findFirst()
                  .orElseThrow());
      case RECORD -> read(json, (IndexedRecord) SpecificData.newInstance(type(schema), schema));
      case ENUM -> constant(json.asText(), schema);
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        json.forEach(entry -> list.add(value(entry, schema.getElementType())));
        yield list;
      }
      case MAP -> {
        Map<String, Object> map = new LinkedHashMap<>();
        json.properties()
            .forEach(
                entry -> map.put(entry.getKey(), value(entry.getValue(), schema.getValueType())));
        yield map;
      }
      case BOOLEAN -> json.asBoolean();
      case DOUBLE -> json.asDouble();
      case INT -> isDate(schema) ? LocalDate.parse(json.asText()) : (Object) json.asInt();
      case LONG ->
          schema.getLogicalType() == null ? (Object) json.asLong() : Instant.parse(json.asText());
      default -> json.asText();
    };
  }

  private static boolean isDate(Schema schema) {
    return schema.getLogicalType() != null;
  }

  private static Object constant(String name, Schema schema) {
    String symbol = name.toUpperCase(Locale.ROOT);
    String known = schema.getEnumSymbols().contains(symbol) ? symbol : schema.getEnumDefault();
    return SpecificData.get().createEnum(known == null ? "UNKNOWN" : known, schema);
  }

  private static Class<?> type(Schema schema) {
    return SpecificData.get().getClass(schema);
  }

  private static JsonNode node(Object value) {
    JsonNodeFactory nodes = JSON.getNodeFactory();
    if (value == null) {
      return nodes.nullNode();
    }
    if (value instanceof IndexedRecord event) {
      ObjectNode object = nodes.objectNode();
      for (Schema.Field field : event.getSchema().getFields()) {
        object.set(field.name(), node(event.get(field.pos())));
      }
      return object;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = nodes.objectNode();
      map.forEach((key, entry) -> object.set(key.toString(), node(entry)));
      return object;
    }
    if (value instanceof Collection<?> collection) {
      ArrayNode array = nodes.arrayNode();
      collection.forEach(entry -> array.add(node(entry)));
      return array;
    }
    if (value instanceof Boolean flag) {
      return nodes.booleanNode(flag);
    }
    if (value instanceof Integer || value instanceof Long) {
      return nodes.numberNode(((Number) value).longValue());
    }
    if (value instanceof Number number) {
      return nodes.numberNode(number.doubleValue());
    }
    return nodes.textNode(value instanceof Instant time ? time.toString() : value.toString());
  }
}
