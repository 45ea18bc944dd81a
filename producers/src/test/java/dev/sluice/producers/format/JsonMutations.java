package dev.sluice.producers.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Copies of a JSON document, each with one field changed. */
final class JsonMutations {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Makes a changed field's text from its name and value; an empty text leaves it out. */
  interface Change {
    String field(String name, String value);
  }

  private JsonMutations() {}

  /** One copy for each field of each object. */
  static List<String> each(String json, Change change) {
    try {
      JsonNode root = MAPPER.readTree(json);
      int fields = count(root);
      List<String> copies = new ArrayList<>(fields);
      for (int i = 0; i < fields; i++) {
        int[] left = {i};
        StringBuilder out = new StringBuilder();
        write(root, out, left, change);
        copies.add(out.toString());
      }
      return copies;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static int count(JsonNode node) {
    int fields = node.isObject() ? node.size() : 0;
    for (JsonNode child : node) {
      fields += count(child);
    }
    return fields;
  }

  private static void write(JsonNode node, StringBuilder out, int[] left, Change change)
      throws JsonProcessingException {
    if (node instanceof ObjectNode object) {
      out.append('{');
      boolean first = true;
      for (var field : object.properties()) {
        boolean changed = left[0]-- == 0;
        StringBuilder value = new StringBuilder();
        write(field.getValue(), value, left, change);
        String name = MAPPER.writeValueAsString(field.getKey());
        String text =
            changed ? change.field(name, value.toString()) : name + ":" + value.toString();
        if (!text.isEmpty()) {
          out.append(first ? "" : ",").append(text);
          first = false;
        }
      }
      out.append('}');
    } else if (node instanceof ArrayNode array) {
      out.append('[');
      for (int i = 0; i < array.size(); i++) {
        out.append(i == 0 ? "" : ",");
        write(array.get(i), out, left, change);
      }
      out.append(']');
    } else {
      out.append(MAPPER.writeValueAsString(node));
    }
  }
}
