package dev.sluice.producers.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A few scalar fields of a JSON object, read without holding the rest. */
final class JsonFields {
  private static final JsonFactory JSON = new JsonFactory();

  /** Longest value that is kept: names, addresses and times are shorter. */
  private static final int MAX_VALUE = 2_048;

  private JsonFields() {}

  /**
   * The values of the fields whose dotted path is wanted and that are there, not null and not
   * longer than 2,048 characters.
   *
   * @throws IOException if it is no JSON object, or ends early
   */
  static Map<String, String> read(InputStream in, Set<String> wanted) throws IOException {
    Map<String, String> found = new HashMap<>();
    try (JsonParser parser = JSON.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no JSON object");
      }
      object(parser, "", wanted, found);
    }
    return found;
  }

  private static void object(
      JsonParser parser, String prefix, Set<String> wanted, Map<String, String> found)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String path = prefix + parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT && leads(path, wanted)) {
        object(parser, path + ".", wanted, found);
      } else if (value.isStructStart()) {
        parser.skipChildren();
      } else if (wanted.contains(path)
          && value != JsonToken.VALUE_NULL
          && parser.getTextLength() <= MAX_VALUE) {
        found.put(path, parser.getText());
      }
    }
  }

  private static boolean leads(String path, Set<String> wanted) {
    return wanted.stream().anyMatch(name -> name.startsWith(path + "."));
  }
}
