package dev.sluice.producers.format.json;

import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One entry of a report, held as a whole, for formats in which a field of it can only be understood
 * by another. It is bounded: of an array or object of more than {@value #MOST_CHILDREN} parts, and
 * of an entry of more than {@value #MOST_CHARACTERS} characters, the rest is passed over with a
 * warning. As with {@link JsonCursor}, null and absent are the same, and a wrong type is a warning
 * and reads as null.
 */
public final class JsonEntry {
  /** Most parts of one array or object. */
  public static final int MOST_CHILDREN = 2_000;

  /** Most characters of an entry, names included; a value of any kind counts 16 more. */
  public static final int MOST_CHARACTERS = 4 * 1024 * 1024;

  private static final int COST_OF_A_VALUE = 16;
  private static final JsonEntry ABSENT = new JsonEntry(null, null, "");

  /** Text of a number; Strings are texts. */
  private record NumberText(String digits) {}

  private final Warnings warnings;
  private final Object value;
  private final String path;

  private JsonEntry(Warnings warnings, Object value, String path) {
    this.warnings = warnings;
    this.value = value;
    this.path = path;
  }

  /** Takes a field of an object. */
  public interface Field {
    void take(String name, JsonEntry value);
  }

  /** Takes an element of an array. */
  public interface Item {
    void take(JsonEntry value);
  }

  /** An entry without anything. */
  public static JsonEntry absent() {
    return ABSENT;
  }

  /** The value that the cursor stands on. */
  public static JsonEntry read(JsonCursor json, Warnings warnings)
      throws IOException, UnreadableReportException {
    int[] left = {MOST_CHARACTERS};
    return new JsonEntry(warnings, value(json, left), json.path());
  }

  /** An object of fields that were read one by one. */
  public static JsonEntry of(Map<String, JsonEntry> fields) {
    Map<String, Object> values = new LinkedHashMap<>();
    Warnings warnings = null;
    for (Map.Entry<String, JsonEntry> each : fields.entrySet()) {
      values.put(each.getKey(), each.getValue().value);
      warnings = each.getValue().warnings;
    }
    return new JsonEntry(warnings, values, "$");
  }

  /**
   * An object that was read from something else than JSON.
   *
   * @param values by name: texts, maps of them and lists of them, within the bounds of an entry
   * @param path where it was read, for warnings
   */
  public static JsonEntry ofValues(Warnings warnings, Map<String, Object> values, String path) {
    return new JsonEntry(warnings, values, path);
  }

  /** The object that the cursor stands on, of which only these fields are wanted. */
  public static JsonEntry read(JsonCursor json, Warnings warnings, Set<String> wanted)
      throws IOException, UnreadableReportException {
    int[] left = {MOST_CHARACTERS};
    Map<String, Object> fields = new LinkedHashMap<>();
    String path = json.path();
    json.object(
        name -> {
          if (wanted.contains(name)) {
            fields.put(name, value(json, left));
          }
        });
    return new JsonEntry(warnings, fields, path);
  }

  private static Object value(JsonCursor json, int[] left)
      throws IOException, UnreadableReportException {
    left[0] -= COST_OF_A_VALUE;
    if (json.isObject()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      json.object(
          name -> {
            if (hasRoom(json, fields.size(), left)) {
              left[0] -= name.length();
              fields.put(name, value(json, left));
            }
          });
      return fields;
    }
    if (json.isArray()) {
      List<Object> items = new ArrayList<>();
      json.array(
          () -> {
            if (hasRoom(json, items.size(), left)) {
              items.add(value(json, left));
            }
          });
      return items;
    }
    if (json.isNull()) {
      return null;
    }
    boolean text = json.isText();
    String scalar = json.scalar();
    left[0] -= scalar.length();
    if (text) {
      return scalar;
    }
    return switch (scalar) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> new NumberText(scalar);
    };
  }

  private static boolean hasRoom(JsonCursor json, int children, int[] left) {
    if (children < MOST_CHILDREN && left[0] > 0) {
      return true;
    }
    if (children == MOST_CHILDREN) {
      json.warn("too many parts; the rest is passed over");
    }
    return false;
  }

  public boolean isAbsent() {
    return value == null;
  }

  public boolean isText() {
    return value instanceof String;
  }

  public boolean isObject() {
    return value instanceof Map;
  }

  public boolean isArray() {
    return value instanceof List;
  }

  public boolean has(String name) {
    return value instanceof Map<?, ?> fields && fields.get(name) != null;
  }

  /** A field; absent where there is none. Asked of what is no object, a warning. */
  public JsonEntry at(String name) {
    if (value == null) {
      return ABSENT;
    }
    if (value instanceof Map<?, ?> fields) {
      Object found = fields.get(name);
      return found == null ? ABSENT : new JsonEntry(warnings, found, path + "." + name);
    }
    wrong("an object");
    return ABSENT;
  }

  /** A field as a string; null where there is none. */
  public String text(String name) {
    return at(name).text();
  }

  /** A field as a number; null where there is none. */
  public Double number(String name) {
    return at(name).number();
  }

  /** A field as a boolean; null where there is none. */
  public Boolean bool(String name) {
    return at(name).bool();
  }

  /** A string, null where it is none. A number or boolean is taken with a warning. */
  public String text() {
    if (value instanceof NumberText || value instanceof Boolean) {
      wrong("a string");
    }
    return value == null || value instanceof String ? (String) value : single("a string");
  }

  /** A string, number or boolean as text, for fields that come as either. */
  public String scalar() {
    return single("a single value");
  }

  /** A number, also one written as a string; null where it is none. */
  public Double number() {
    if (value == null) {
      return null;
    }
    if (!(value instanceof NumberText) && !(value instanceof String)) {
      wrong("a number");
      return null;
    }
    Double number = Numbers.parse(single("a number"));
    if (number == null && !(value instanceof String blank && blank.isBlank())) {
      warn("not a number that can be used");
    }
    return number;
  }

  /** A whole number of 32 bits; null where it is none. */
  public Integer integer() {
    Double number = number();
    if (number == null) {
      return null;
    }
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      warn("not an integer of 32 bits");
      return null;
    }
    return number.intValue();
  }

  /** A boolean; null where it is none. */
  public Boolean bool() {
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    wrong("true or false");
    return null;
  }

  /** The fields of an object. */
  public void fields(Field field) {
    if (value instanceof Map<?, ?> fields) {
      fields.forEach(
          (name, each) -> {
            if (each != null) {
              field.take((String) name, new JsonEntry(warnings, each, path + "." + name));
            }
          });
    } else if (value != null) {
      wrong("an object");
    }
  }

  /** The elements of an array that are not null. */
  public void items(Item item) {
    allItems(
        each -> {
          if (!each.isAbsent()) {
            item.take(each);
          }
        });
  }

  /** The elements of an array, null ones as absent. */
  public void allItems(Item item) {
    if (value instanceof List<?> items) {
      for (int i = 0; i < items.size(); i++) {
        item.take(new JsonEntry(warnings, items.get(i), path + "[" + i + "]"));
      }
    } else if (value != null) {
      wrong("an array");
    }
  }

  /** The elements of an array that are objects; others are a warning each. */
  public void objects(Item item) {
    items(
        each -> {
          if (each.isObject()) {
            item.take(each);
          } else {
            each.wrong("an object");
          }
        });
  }

  /** The strings of an array; others are a warning each. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    at(name)
        .items(
            each -> {
              String text = each.text();
              if (text != null && !text.isBlank()) {
                texts.add(text);
              }
            });
    return texts;
  }

  /** Warns about this value. */
  public void warn(String reason) {
    if (warnings != null) {
      warnings.add(path, reason);
    }
  }

  /** Warns about a field of this object that has to be there. */
  public void warnMissing(String name) {
    if (warnings != null) {
      warnings.add(path + "." + name, "is missing");
    }
  }

  private String single(String expected) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof NumberText number) {
      return number.digits();
    }
    if (value instanceof Boolean) {
      return value.toString();
    }
    if (value != null) {
      wrong(expected);
    }
    return null;
  }

  private void wrong(String expected) {
    String found =
        value instanceof Map
            ? "an object"
            : value instanceof List
                ? "an array"
                : value instanceof String
                    ? "a string"
                    : value instanceof Boolean ? "a boolean" : "a number";
    warn("expected " + expected + ", found " + found);
  }
}
