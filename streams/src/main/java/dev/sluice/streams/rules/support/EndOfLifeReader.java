package dev.sluice.streams.rules.support;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.SupportedLine;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.streams.rules.version.WrittenRange;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what endoflife.date says of a product: the list of cycles of its API v0, and a product or a
 * list of products of its API v1 (https://endoflife.date/docs/api). The day that is given counts as
 * the last day of support; support that is sold on top of it does not count, and is named.
 */
final class EndOfLifeReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String product;
  private final String source;
  private final Map<String, List<SupportedLine>> products = new LinkedHashMap<>();

  private EndOfLifeReader(String product, String source) {
    this.product = product;
    this.source = source;
  }

  /**
   * Reads a document.
   *
   * @throws DocumentException if it is not JSON, or none of endoflife.date's, or speaks of several
   *     products of which none is called {@code product}
   */
  static SupportMatrix read(String product, String source, String document, Instant now) {
    EndOfLifeReader reader = new EndOfLifeReader(product, source);
    try (JsonParser parser = JSON.createParser(document)) {
      reader.document(parser);
    } catch (JacksonException e) {
      throw new DocumentException(
          e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
          e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
          "This is not JSON.",
          "Fetch it again from https://endoflife.date/api.");
    } catch (IOException e) {
      throw new IllegalStateException("a text cannot fail to be read", e);
    }
    return reader.matrix(document, now);
  }

  private void document(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_ARRAY) {
      products.put(product, releases(parser, "cycle"));
    } else if (first == JsonToken.START_OBJECT) {
      fields(parser);
    }
    if (products.isEmpty()) {
      throw foreign();
    }
  }

  /** Fields of API v1: the answer, the product in it, or one of several. */
  private void fields(JsonParser parser) throws IOException {
    String name = "";
    List<SupportedLine> lines = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("name") && value == JsonToken.VALUE_STRING) {
        name = parser.getText();
      } else if (field.equals("result") && value == JsonToken.START_OBJECT) {
        fields(parser);
      } else if (field.equals("result") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          fields(parser);
        }
      } else if (field.equals("releases") && value == JsonToken.START_ARRAY) {
        lines = releases(parser, "name");
      } else {
        parser.skipChildren();
      }
    }
    if (lines != null) {
      products.put(name, lines);
    }
  }

  private static List<SupportedLine> releases(JsonParser parser, String versionField)
      throws IOException {
    List<SupportedLine> lines = new ArrayList<>();
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      int line = parser.currentTokenLocation().getLineNr();
      JsonNode release = JSON.readTree(parser);
      String version = release.path(versionField).asText("");
      if (version.isEmpty()) {
        throw foreign();
      }
      lines.add(line(version, release, line));
    }
    return lines;
  }

  private static SupportedLine line(String version, JsonNode release, int sourceLine) {
    List<String> warnings = new ArrayList<>();
    JsonNode end = release.has("eolFrom") ? release.get("eolFrom") : release.path("eol");
    Support support = Support.SUPPORTED;
    LocalDate until = null;
    if (end.isTextual()) {
      until = date(end.asText(), warnings);
      support = until == null ? Support.UNKNOWN : Support.SUPPORTED;
    } else if (end.isBoolean()) {
      support = end.asBoolean() ? Support.UNSUPPORTED : Support.SUPPORTED;
    } else if (release.path("isEol").isBoolean()) {
      support = release.path("isEol").asBoolean() ? Support.UNSUPPORTED : Support.SUPPORTED;
    } else {
      support = Support.UNKNOWN;
      warnings.add("it does not say when support ends");
    }
    JsonNode sold =
        release.has("eoesFrom") ? release.get("eoesFrom") : release.path("extendedSupport");
    if (sold.isTextual()) {
      warnings.add("extended support until " + sold.asText() + " does not count");
    }
    WrittenRange written = WrittenRange.read(version);
    if (SupportMatrixReader.sureRange(written).isEmpty()) {
      support = Support.UNKNOWN;
      warnings.add(0, "\"" + version + "\" names no versions that can be told");
    }
    return SupportedLine.newBuilder()
        .setRange(version)
        .setVers(SupportMatrixReader.sureRange(written).map(r -> r.toVers()).orElse(null))
        .setSupport(support)
        .setUntil(support == Support.UNKNOWN ? null : until)
        .setSourceLine(sourceLine)
        .setWarnings(warnings)
        .build();
  }

  private static LocalDate date(String text, List<String> warnings) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      warnings.add("\"" + text + "\" is no date");
      return null;
    }
  }

  private SupportMatrix matrix(String document, Instant now) {
    return SupportMatrix.newBuilder()
        .setProduct(product)
        .setLines(own())
        .setPairs(List.of())
        .setSource(source)
        .setWarnings(List.of())
        .setVersion(SupportMatrixReader.sha256(document))
        .setLoadedAt(now)
        .build();
  }

  /** The one product, or of several the one with the last part of our product's name. */
  private List<SupportedLine> own() {
    String wanted = product.substring(product.lastIndexOf('/') + 1);
    return products.entrySet().stream()
        .filter(each -> products.size() == 1 || each.getKey().equalsIgnoreCase(wanted))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () ->
                new DocumentException(
                    1,
                    1,
                    "It speaks of "
                        + products.size()
                        + " products, and none of them is called \""
                        + wanted
                        + "\".",
                    "Name one of them with --product, or fetch the one product alone."));
  }

  private static DocumentException foreign() {
    return new DocumentException(
        1,
        1,
        "This JSON is no answer of endoflife.date: a list of objects with \"cycle\", or a product"
            + " with \"releases\".",
        "Fetch https://endoflife.date/api/PRODUCT.json or"
            + " https://endoflife.date/api/v1/products/PRODUCT.");
  }
}
