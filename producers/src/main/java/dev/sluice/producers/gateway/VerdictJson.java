package dev.sluice.producers.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Events as JSON for people and scripts: names as in the schema, times in ISO 8601, no unions. */
final class VerdictJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private VerdictJson() {}

  static String of(IndexedRecord event) {
    return node(event).toString();
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
