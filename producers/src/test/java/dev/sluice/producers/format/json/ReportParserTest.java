package dev.sluice.producers.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The parser with short cuts says what Jackson's own says, of good and of broken JSON. */
final class ReportParserTest {
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonCursor.MAX_DEPTH)
                  .maxStringLength(JsonCursor.MAX_STRING)
                  .maxNameLength(4_096)
                  .maxNumberLength(10_000)
                  .build())
          .build();

  private static final ReportJson OURS = new ReportJson();

  private final Random random = new Random(20_260_301);

  @Test
  void readsRandomDocumentsAsJacksonDoes() throws IOException {
    for (int i = 0; i < 1_500; i++) {
      StringBuilder json = new StringBuilder();
      value(json, 0);
      agree(json.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void readsDocumentsLargerThanItsBufferAsJacksonDoes() throws IOException {
    for (int i = 0; i < 12; i++) {
      StringBuilder json = new StringBuilder("[\n");
      while (json.length() < 150_000) {
        value(json, 1);
        json.append(",\n        ");
      }
      json.append("0]");
      agree(json.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void refusesBrokenDocumentsAsJacksonDoes() throws IOException {
    for (int i = 0; i < 4_000; i++) {
      StringBuilder json = new StringBuilder();
      value(json, 0);
      byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
      // The first four bytes stay: from zeros among them Jackson guesses another encoding.
      for (int n = 1 + random.nextInt(3); n > 0 && bytes.length > 4; n--) {
        byte[] odd = {'"', '\\', '{', ']', ',', 0, '\n', (byte) 0xe4, (byte) 0xff, 'u', '0', '}'};
        bytes[4 + random.nextInt(bytes.length - 4)] = odd[random.nextInt(odd.length)];
      }
      agree(random.nextBoolean() ? bytes : java.util.Arrays.copyOf(bytes, bytes.length / 2));
    }
  }

  @Test
  void standsBehindAValueThatItSkippedWithoutChecking() throws IOException {
    for (int i = 0; i < 300; i++) {
      StringBuilder json = new StringBuilder("{\"skipped\":\n");
      int least = i % 10 == 0 ? 100_000 : 1;
      json.append('[');
      do {
        value(json, 1);
        json.append(",\n          ");
      } while (json.length() < least);
      json.append("{}]\n,\"kept\": \"here\"}");
      byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
      try (ReportParser parser = OURS.parser(new ByteArrayInputStream(bytes));
          JsonParser jackson = JACKSON.createParser(bytes)) {
        for (JsonParser each : List.of(parser, jackson)) {
          each.nextToken();
          each.nextToken();
          each.nextToken();
        }
        parser.skipUnchecked();
        jackson.skipChildren();
        assertEquals(rest(jackson), rest(parser));
      }
    }
  }

  private void agree(byte[] bytes) throws IOException {
    int seed = random.nextInt();
    try (JsonParser expected = JACKSON.createParser(new ByteArrayInputStream(bytes));
        JsonParser parser = OURS.parser(new ByteArrayInputStream(bytes))) {
      assertEquals(walk(expected, seed), walk(parser, seed), () -> "seed " + seed);
    }
  }

  private static String rest(JsonParser parser) throws IOException {
    return parser.currentToken() + place(parser) + walk(parser, 1);
  }

  /** Everything a parser says; which texts are asked for and which values skipped is random. */
  private static List<String> walk(JsonParser parser, int seed) throws IOException {
    Random choice = new Random(seed);
    List<String> said = new ArrayList<>();
    try {
      JsonToken token;
      while ((token = parser.nextToken()) != null) {
        String line = token + place(parser) + parser.getParsingContext().toString();
        int what = choice.nextInt(4);
        if (what == 0 && token.isStructStart()) {
          parser.skipChildren();
        } else if (what < 3) {
          // Asked twice, it answers the same.
          line += "|" + parser.getText() + "|" + parser.getText();
        }
        said.add(line);
      }
    } catch (JacksonException e) {
      said.add(
          e.getClass().getSimpleName()
              + e.getOriginalMessage()
              + e.getLocation().getLineNr()
              + ":"
              + e.getLocation().getColumnNr());
    }
    return said;
  }

  private static String place(JsonParser parser) {
    var start = parser.currentTokenLocation();
    return " " + start.getLineNr() + ":" + start.getColumnNr() + " ";
  }

  private void value(StringBuilder json, int depth) {
    int kind = random.nextInt(depth > 5 ? 4 : 7);
    switch (kind) {
      case 0 -> json.append(List.of("true", "false", "null").get(random.nextInt(3)));
      case 1 -> json.append(random.nextInt()).append(random.nextBoolean() ? ".5e3" : "");
      case 2, 3 -> string(json);
      case 4 -> {
        json.append('[');
        for (int i = random.nextInt(5); i > 0; i--) {
          value(json, depth + 1);
          json.append(i == 1 ? "" : "," + space());
        }
        json.append(']');
      }
      default -> {
        json.append('{');
        for (int i = random.nextInt(6); i > 0; i--) {
          string(json);
          json.append(space()).append(':').append(space());
          value(json, depth + 1);
          json.append(i == 1 ? "" : "," + space());
        }
        json.append(space()).append('}');
      }
    }
  }

  private String space() {
    return List.of("", " ", "\n", "\r\n            ", "\t").get(random.nextInt(5));
  }

  private void string(StringBuilder json) {
    List<String> pieces =
        List.of(
            "plain",
            "a longer plain text of a description ",
            "\\n",
            "\\\"",
            "\\u0026",
            "\\u00e4",
            "\\u20AC",
            "ä",
            "€",
            "\ud83d\ude00",
            "\\\\",
            "[",
            "}",
            "/",
            "\\/",
            "x",
            "\u007f");
    json.append('"');
    for (int i = random.nextInt(6); i > 0; i--) {
      json.append(pieces.get(random.nextInt(pieces.size())));
    }
    json.append('"');
  }
}
