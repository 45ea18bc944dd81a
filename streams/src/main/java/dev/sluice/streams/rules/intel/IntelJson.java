package dev.sluice.streams.rules.intel;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.streams.rules.document.DocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Walks JSON feeds entry by entry: a document may be large, an entry is not. */
final class IntelJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private IntelJson() {}

  /** One entry and where it starts. */
  record Entry(JsonNode node, JsonLocation place) {
    String text(String field) {
      return node.path(field).asText("").strip();
    }

    /** Text that must be there. */
    String required(String field) {
      String text = text(field);
      if (text.isEmpty()) {
        throw wrong("has no " + field);
      }
      return text;
    }

    /** A calendar date, or null if there is none. */
    LocalDate date(String field) {
      String text = text(field);
      if (text.isEmpty()) {
        return null;
      }
      try {
        return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
      } catch (DateTimeException e) {
        throw wrong(field + " \"" + text + "\" is no date");
      }
    }

    DocumentException wrong(String what) {
      return new DocumentException(
          place.getLineNr(),
          place.getColumnNr(),
          "This entry " + what + ".",
          "Fetch the feed again; nothing of it was loaded.");
    }
  }

  /** Takes entries. */
  @FunctionalInterface
  interface Entries {
    void entry(Entry entry) throws IOException;
  }

  /**
   * Every object of a list: the document itself where {@code field} is empty, else that field of
   * the object that the document is. An object without the field is no such document.
   */
  static void entries(InputStream document, String field, Entries entries) throws IOException {
    try (JsonParser parser = JSON.createParser(document)) {
      JsonToken token = parser.nextToken();
      if (field.isEmpty() && token == JsonToken.START_ARRAY) {
        list(parser, entries);
        return;
      }
      boolean found = false;
      while (token == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean ours = parser.currentName().equals(field);
        JsonToken value = parser.nextToken();
        if (ours && value == JsonToken.START_ARRAY) {
          found = true;
          list(parser, entries);
        } else {
          parser.skipChildren();
        }
        token = JsonToken.START_OBJECT;
      }
      if (!found) {
        throw new DocumentException(
            1,
            1,
            field.isEmpty() ? "This is no list." : "There is no list named \"" + field + "\".",
            "Check that it is the feed you mean.");
      }
    } catch (JacksonException e) {
      throw notJson(e);
    }
  }

  /** Every object of a sequence of objects, one after the other, or in one list. */
  static void objects(InputStream document, Entries entries) throws IOException {
    try (JsonParser parser = JSON.createParser(document)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_ARRAY) {
          list(parser, entries);
        } else {
          entries.entry(entry(parser));
        }
      }
    } catch (JacksonException e) {
      throw notJson(e);
    }
  }

  private static void list(JsonParser parser, Entries entries) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      entries.entry(entry(parser));
    }
  }

  private static Entry entry(JsonParser parser) throws IOException {
    JsonLocation place = parser.currentTokenLocation();
    JsonNode node = JSON.readTree(parser);
    Entry entry = new Entry(node, place);
    if (!node.isObject()) {
      throw entry.wrong("is no object");
    }
    return entry;
  }

  /** Numbers of {@code CWE-79} and the like; anything else in the list is passed over. */
  static List<Integer> cwes(Iterable<JsonNode> written) {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode each : written) {
      String number = each.asText("").strip().replaceFirst("(?i)^CWE-", "");
      if (number.matches("\\d{1,6}") && !numbers.contains(Integer.parseInt(number))) {
        numbers.add(Integer.parseInt(number));
      }
    }
    return numbers;
  }

  private static DocumentException notJson(JacksonException e) {
    JsonLocation place = e.getLocation();
    return new DocumentException(
        place == null ? 1 : Math.max(1, place.getLineNr()),
        place == null ? 1 : Math.max(1, place.getColumnNr()),
        "This is not JSON, or it is cut off.",
        "Fetch it again.");
  }
}
