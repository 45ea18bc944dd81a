package dev.sluice.sinks.database;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Events as JSON documents: names as in the schema, enum values in lower case, times in ISO 8601
 * UTC, fields without a value left out.
 */
final class RecordJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** What a document can do without, should it be wider than its column. */
  private static final Set<String> DISPENSABLE =
      Set.of("description", "references", "ratings", "warnings", "failing", "suspicions");

  private static final Set<String> LISTS = Set.of("occurrences", "lines", "findings");

  private RecordJson() {}

  /** An enum value as it is written: lower case, with underscores. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** A record, at most {@link Width#DOCUMENT} characters: first texts go, then lists. */
  static String document(IndexedRecord event) {
    String whole = text(event, Set.of());
    if (whole.length() <= Width.DOCUMENT) {
      return whole;
    }
    String shorter = text(event, DISPENSABLE);
    return shorter.length() <= Width.DOCUMENT
        ? shorter
        : text(event, Set.copyOf(union(DISPENSABLE, LISTS)));
  }

  /** Texts by name, at most so many characters: whole entries are left out, the last ones first. */
  static String map(Map<String, String> map, int width) {
    Map<String, String> kept = new TreeMap<>(map);
    String json = write(kept, Set.of());
    while (json.length() > width) {
      kept.remove(longest(kept));
      json = write(kept, Set.of());
    }
    return json;
  }

  /** A list of records, at most so many characters: the last ones are left out. */
  static String list(java.util.List<? extends IndexedRecord> events, int width) {
    java.util.List<? extends IndexedRecord> kept = events;
    String json = write(kept, Set.of());
    while (json.length() > width) {
      kept = kept.subList(0, kept.size() / 2);
      json = write(kept, Set.of());
    }
    return json;
  }

  private static String longest(Map<String, String> map) {
    return map.entrySet().stream()
        .max(java.util.Comparator.comparingInt(entry -> entry.getValue().length()))
        .orElseThrow()
        .getKey();
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> both = new java.util.HashSet<>(one);
    both.addAll(other);
    return both;
  }

  private static String text(IndexedRecord event, Set<String> without) {
    return write(event, without);
  }

  private static String write(Object value, Set<String> without) {
    StringWriter out = new StringWriter(1024);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      write(json, value, without);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, Object value, Set<String> without)
      throws IOException {
    if (value instanceof IndexedRecord event) {
      json.writeStartObject();
      for (Schema.Field field : event.getSchema().getFields()) {
        Object part = event.get(field.pos());
        if (part != null && !without.contains(field.name())) {
          json.writeFieldName(field.name());
          write(json, part, Set.of());
        }
      }
      json.writeEndObject();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(entry.getKey().toString());
        write(json, entry.getValue(), Set.of());
      }
      json.writeEndObject();
    } else if (value instanceof Collection<?> collection) {
      json.writeStartArray();
      for (Object entry : collection) {
        write(json, entry, Set.of());
      }
      json.writeEndArray();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Number number) {
      json.writeNumber(number.doubleValue());
    } else if (value instanceof Enum<?> constant) {
      json.writeString(word(constant));
    } else {
      json.writeString(value.toString());
    }
  }
}
