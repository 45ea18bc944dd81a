package dev.sluice.app.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Parts of answers as people read them. */
public final class Cells {
  private static final int ID = 12;

  private Cells() {}

  /** An id as long as it needs to be to be found again. */
  public static String shortId(JsonNode row, String field) {
    String id = row.path(field).asText("");
    return id.length() > ID ? id.substring(0, ID) : id;
  }

  public static String text(JsonNode row, String field) {
    return row.path(field).asText("");
  }

  /** An enum's word for people: {@code cannot_know} is cannot know. */
  public static String word(JsonNode row, String field) {
    return text(row, field).replace('_', ' ');
  }

  /** The day of a time. */
  public static String day(JsonNode row, String field) {
    String time = text(row, field);
    return time.length() > 10 ? time.substring(0, 10) : time;
  }

  /** Day and minute of a time, in UTC. */
  public static String minute(JsonNode row, String field) {
    String time = text(row, field);
    return time.length() > 16 ? time.substring(0, 10) + " " + time.substring(11, 16) : time;
  }

  /** A list of texts, at most so many of them. */
  public static String list(JsonNode row, String field, int most) {
    return list(texts(row.path(field)), most);
  }

  static String list(List<String> texts, int most) {
    return texts.size() <= most
        ? String.join(", ", texts)
        : String.join(", ", texts.subList(0, most)) + ", +" + (texts.size() - most);
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** At most so many characters. */
  public static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** Whether all rows say the same here. */
  public static boolean isSame(List<JsonNode> rows, String field) {
    return rows.stream().map(row -> text(row, field)).distinct().count() <= 1;
  }
}
