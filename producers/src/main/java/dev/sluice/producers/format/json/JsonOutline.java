package dev.sluice.producers.format.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.sluice.producers.report.ReportHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which fields the head of a report has, for recognising its format. A path names fields from the
 * root, without array positions: {@code runs.tool.driver}; the root array's elements count as the
 * root. Fields more than four deep are left out.
 */
public final class JsonOutline {
  /** What the first JSON value is; TEXT is no JSON at all, NOTHING is no text at all. */
  public enum Root {
    OBJECT,
    ARRAY,
    NULL,
    OTHER,
    TEXT,
    NOTHING
  }

  private static final int DEEPEST = 4;
  private static final int MAX_PATHS = 2_000;
  private static final int MAX_VALUE = 200;
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private final Set<String> paths = new LinkedHashSet<>();
  private final Map<String, String> values = new HashMap<>();
  private Root root = Root.NOTHING;

  private JsonOutline() {}

  /** The outline of a head; made once a head. */
  public static JsonOutline of(ReportHead head) {
    return head.seenAs(JsonOutline.class, JsonOutline::make);
  }

  private static JsonOutline make(ReportHead head) {
    JsonOutline outline = new JsonOutline();
    if (head.text().isBlank()) {
      return outline;
    }
    try (JsonParser parser = FACTORY.createParser(head.text())) {
      outline.root = Root.TEXT;
      JsonToken first = parser.nextToken();
      outline.root =
          switch (first) {
            case START_OBJECT -> Root.OBJECT;
            case START_ARRAY -> Root.ARRAY;
            case VALUE_NULL -> Root.NULL;
            default -> Root.OTHER;
          };
      outline.read(parser);
    } catch (JacksonException e) {
      // The head is cut off somewhere, or is no JSON from here on: what was seen so far counts.
      if (outline.paths.isEmpty() && !(e instanceof JsonEOFException)) {
        outline.root = Root.TEXT;
      }
      return outline;
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
    return outline;
  }

  private void read(JsonParser parser) throws IOException {
    JsonToken token;
    while ((token = parser.nextToken()) != null && paths.size() < MAX_PATHS) {
      if (token.isStructStart() && depth(parser.getParsingContext()) > DEEPEST) {
        parser.skipChildren();
      } else if (token != JsonToken.FIELD_NAME && !token.isStructEnd()) {
        String path = path(parser.getParsingContext(), token);
        if (!path.isEmpty()) {
          paths.add(path);
          if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
            String value = parser.getText();
            values.putIfAbsent(path, value.substring(0, Math.min(MAX_VALUE, value.length())));
          }
        }
      }
    }
  }

  private static int depth(JsonStreamContext context) {
    int objects = 0;
    for (JsonStreamContext c = context; c != null; c = c.getParent()) {
      objects += c.inObject() ? 1 : 0;
    }
    return objects;
  }

  private static String path(JsonStreamContext context, JsonToken token) {
    StringBuilder path = new StringBuilder();
    // A structure's own context has no name yet: its name is its parent's.
    JsonStreamContext from = token.isStructStart() ? context.getParent() : context;
    for (JsonStreamContext c = from; c != null; c = c.getParent()) {
      if (c.inObject() && c.getCurrentName() != null) {
        path.insert(0, path.length() == 0 ? c.getCurrentName() : c.getCurrentName() + ".");
      }
    }
    return path.toString();
  }

  public Root root() {
    return root;
  }

  /** Whether there is a field of this path. */
  public boolean has(String path) {
    return paths.contains(path);
  }

  /** Whether there are fields of all these paths. */
  public boolean hasAll(String... all) {
    for (String path : all) {
      if (!paths.contains(path)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the first field comes before the second; also where the second is not seen. */
  public boolean before(String first, String second) {
    for (String path : paths) {
      if (path.equals(first)) {
        return true;
      }
      if (path.equals(second)) {
        return false;
      }
    }
    return false;
  }

  /** First value of a field as text; empty where it has none or is cut off. */
  public String value(String path) {
    return values.getOrDefault(path, "");
  }
}
