package dev.sluice.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/**
 * The schema of a generated class as other languages should see it: without the properties that
 * Avro's compiler adds for Java.
 */
public final class ContractSchema {
  private static final String STRING_PROPERTY = "avro.java.string";

  private ContractSchema() {}

  public static Schema of(Schema generated) {
    ObjectMapper json = new ObjectMapper();
    try {
      JsonNode tree = json.readTree(generated.toString());
      return new Schema.Parser().parse(json.writeValueAsString(plain(tree)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro wrote a schema that is not JSON", e);
    }
  }

  private static JsonNode plain(JsonNode node) {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, plain(array.get(i)));
      }
    } else if (node instanceof ObjectNode object) {
      object.remove(STRING_PROPERTY);
      if (object.size() == 1 && object.path("type").asText().equals("string")) {
        return object.get("type");
      }
      object.properties().forEach(entry -> entry.setValue(plain(entry.getValue())));
    }
    return node;
  }
}
