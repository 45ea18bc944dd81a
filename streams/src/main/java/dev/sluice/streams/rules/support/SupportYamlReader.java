package dev.sluice.streams.rules.support;

import dev.sluice.events.ChartImagePair;
import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.SupportedLine;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.streams.rules.document.YamlNode;
import dev.sluice.streams.rules.version.WrittenRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a support matrix written as YAML: lines with phases and dates, and charts with the images
 * that were released with them. docs/policy.md describes it. Nothing in it is guessed at: what is
 * not understood is refused with its place.
 */
final class SupportYamlReader {
  private static final List<String> ROOT = List.of("product", "extended-support", "lines", "pairs");
  private static final List<String> LINE = List.of("versions", "support", "until", "phases");
  private static final List<String> PAIR =
      List.of("chart", "chart-versions", "image", "image-versions");

  /** Phases in which security fixes are made. */
  private static final List<String> FIXED = List.of("active", "maintenance", "security");

  private static final String SOLD = "extended";

  private SupportYamlReader() {}

  /**
   * Reads a document.
   *
   * @throws DocumentException if it is not such a document, or of another product
   */
  static SupportMatrix read(String product, String source, String document, Instant now) {
    YamlNode root = YamlNode.read("the support matrix", document);
    Map<String, YamlNode> fields = root.fields(ROOT);
    String named = fields.containsKey("product") ? fields.get("product").text() : "";
    if (!named.isEmpty() && !product.isEmpty() && !named.equals(product)) {
      throw fields
          .get("product")
          .wrong(
              "It is of \"" + named + "\", and is to be loaded for \"" + product + "\".",
              "Correct one of them.");
    }
    boolean sold = fields.containsKey("extended-support") && fields.get("extended-support").flag();
    List<SupportedLine> lines = new ArrayList<>();
    if (fields.containsKey("lines")) {
      fields.get("lines").items().forEach(each -> lines.add(line(each, sold)));
    }
    List<ChartImagePair> pairs = new ArrayList<>();
    if (fields.containsKey("pairs")) {
      fields.get("pairs").items().forEach(each -> pairs.add(pair(each)));
    }
    if (lines.isEmpty() && pairs.isEmpty()) {
      throw root.wrong("It has neither lines nor pairs.", "Write at least one of them.");
    }
    List<String> warnings = new ArrayList<>();
    Contradictions.mark(lines, source, warnings);
    return SupportMatrix.newBuilder()
        .setProduct(product.isEmpty() ? named : product)
        .setLines(lines)
        .setPairs(pairs)
        .setSource(source)
        .setWarnings(warnings)
        .setVersion(SupportMatrixReader.sha256(document))
        .setLoadedAt(now)
        .build();
  }

  private static SupportedLine line(YamlNode node, boolean sold) {
    Map<String, YamlNode> fields = node.fields(LINE);
    YamlNode versions = required(node, fields, "versions", "versions: 5.x");
    WrittenRange written = WrittenRange.read(versions.text());
    if (SupportMatrixReader.sureRange(written).isEmpty()) {
      throw versions.wrong(
          "\"" + versions.text() + "\" names no versions that can be told.",
          "Write a line such as 5.x, or a range such as \">= 4.0, < 5\".");
    }
    if (fields.containsKey("phases") == fields.containsKey("support")) {
      throw node.wrong(
          "A line says either \"support\" or \"phases\".",
          "Write \"support: supported\", with \"until\" if it ends, or phases with their ends.");
    }
    SupportedLine line =
        SupportedLine.newBuilder()
            .setRange(versions.text())
            .setVers(written.range().orElseThrow().toVers())
            .setSourceLine(node.lineOf(1))
            .setSupport(Support.SUPPORTED)
            .setWarnings(List.of())
            .build();
    if (fields.containsKey("phases")) {
      line.setUntil(lastPhase(fields.get("phases"), sold));
    } else {
      Support support = fields.get("support").word(Support.class);
      if (support == Support.NOT_APPLICABLE) {
        throw fields
            .get("support")
            .wrong("A line is supported, unsupported or unknown.", "Write one of these.");
      }
      line.setSupport(support);
    }
    if (fields.containsKey("until")) {
      line.setUntil(date(fields.get("until")));
    }
    return line;
  }

  /** The end of the last phase in which security fixes are made; null if it is open. */
  private static LocalDate lastPhase(YamlNode phases, boolean sold) {
    List<String> known = new ArrayList<>(FIXED);
    known.add(SOLD);
    LocalDate last = null;
    boolean any = false;
    for (Map.Entry<String, YamlNode> phase : phases.fields(known).entrySet()) {
      LocalDate end = phase.getValue().text().equals("open") ? null : date(phase.getValue());
      if (phase.getKey().equals(SOLD) && !sold) {
        continue;
      }
      if (end == null) {
        return null;
      }
      last = !any || end.isAfter(last) ? end : last;
      any = true;
    }
    if (!any) {
      throw phases.wrong(
          "There is no phase in which fixes are made.",
          "Write at least one of: " + String.join(", ", FIXED) + ".");
    }
    return last;
  }

  private static ChartImagePair pair(YamlNode node) {
    Map<String, YamlNode> fields = node.fields(PAIR);
    return ChartImagePair.newBuilder()
        .setChart(required(node, fields, "chart", "chart: pay").text())
        .setChartVersions(range(required(node, fields, "chart-versions", "chart-versions: 5.x")))
        .setImage(required(node, fields, "image", "image: registry.example/acme/pay").text())
        .setImageVersions(range(required(node, fields, "image-versions", "image-versions: 5.x")))
        .build();
  }

  private static String range(YamlNode node) {
    if (SupportMatrixReader.sureRange(WrittenRange.read(node.text())).isEmpty()) {
      throw node.wrong(
          "\"" + node.text() + "\" names no versions that can be told.",
          "Write a line such as 5.x, or a range such as \">= 4.0, < 5\".");
    }
    return node.text();
  }

  private static LocalDate date(YamlNode node) {
    try {
      return LocalDate.parse(node.text().strip());
    } catch (DateTimeException e) {
      throw node.wrong("\"" + node.text() + "\" is no date.", "Write it as 2027-03-31.");
    }
  }

  private static YamlNode required(
      YamlNode node, Map<String, YamlNode> fields, String name, String example) {
    YamlNode field = fields.get(name);
    if (field == null) {
      throw node.wrong("\"" + name + "\" is missing.", "Write for example \"" + example + "\".");
    }
    return field;
  }
}
