package dev.sluice.producers.format.cyclonedx;

import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.xml.XmlCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the elements of one entry to the shape that they have in JSON, within the bounds of a
 * {@link JsonEntry}.
 */
final class XmlValues {
  /** Elements that hold a list. */
  private static final Set<String> LISTS =
      Set.of(
          "references",
          "ratings",
          "cwes",
          "advisories",
          "affects",
          "versions",
          "properties",
          "recommendations");

  private static final int COST_OF_A_VALUE = 16;

  private int left = JsonEntry.MOST_CHARACTERS;

  /** Reads the element that has just begun into a field; an empty one is left out. */
  void field(XmlCursor xml, String name, Map<String, Object> into)
      throws IOException, UnreadableReportException {
    if (hasRoom(xml, into.size())) {
      Object value = LISTS.contains(name) ? list(xml, name) : value(xml);
      if (value != null) {
        into.put(name, value);
      }
    }
  }

  void attribute(XmlCursor xml, String name, Map<String, Object> into) {
    String value = xml.attribute(name);
    if (value != null) {
      left -= COST_OF_A_VALUE + value.length();
      into.put(name, value);
    }
  }

  private List<Object> list(XmlCursor xml, String name)
      throws IOException, UnreadableReportException {
    left -= COST_OF_A_VALUE;
    List<Object> items = new ArrayList<>();
    xml.children(
        each -> {
          if (hasRoom(xml, items.size())) {
            Object item = value(xml);
            // The extension has links alone, later versions title and link.
            boolean link = name.equals("advisories") && item instanceof String;
            if (item != null) {
              items.add(link ? Map.of("url", item) : item);
            }
          }
        });
    return items;
  }

  /** A text, an object, or null where there is nothing. */
  private Object value(XmlCursor xml) throws IOException, UnreadableReportException {
    left -= COST_OF_A_VALUE;
    Map<String, Object> fields = new LinkedHashMap<>();
    attribute(xml, "name", fields);
    String own = xml.contents(child -> field(xml, child, fields)).strip();
    left -= own.length();
    if (fields.isEmpty()) {
      return own.isEmpty() ? null : own;
    }
    if (!own.isEmpty()) {
      fields.put("value", own);
    }
    // The extension has the parts of a score.
    if (fields.get("score") instanceof Map<?, ?> score) {
      fields.put("score", score.get("base"));
    }
    return fields;
  }

  private boolean hasRoom(XmlCursor xml, int children) {
    if (children < JsonEntry.MOST_CHILDREN && left > 0) {
      return true;
    }
    if (children == JsonEntry.MOST_CHILDREN) {
      xml.warn("too many parts; the rest is passed over");
    }
    return false;
  }
}
