package dev.sluice.producers.format.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.producers.format.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The published schema, the full sample and the reader say the same. */
final class SluiceSchemaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Fields that the sample says twice, and the one by which the format is recognised. */
  private static final Set<String> SAME_WITHOUT =
      Set.of(
          "sluice",
          "findings.package.ecosystem",
          "findings.package.name",
          "findings.package.purl",
          "findings.location.endLine");

  private static JsonNode schema() throws IOException {
    try (InputStream in = SluiceReader.schema()) {
      return MAPPER.readTree(in);
    }
  }

  private static JsonNode full() throws IOException {
    return MAPPER.readTree(Outcome.sample("sluice/full.json"));
  }

  /** Paths of all properties that a schema names. */
  private static void described(JsonNode schema, String path, Set<String> into) {
    JsonNode node = schema.has("oneOf") ? schema.get("oneOf").get(1) : schema;
    if (node.path("type").asText().equals("array")) {
      described(node.get("items"), path, into);
    }
    for (var property : node.path("properties").properties()) {
      String name = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
      into.add(name);
      described(property.getValue(), name, into);
    }
  }

  /** Paths of all fields that a document holds, where the schema does not leave names open. */
  private static void held(JsonNode node, String path, Set<String> into) {
    if (node.isArray()) {
      node.forEach(each -> held(each, path, into));
    } else if (node.isObject()
        && !path.endsWith(".fingerprints")
        && !path.endsWith(".properties")) {
      for (var field : node.properties()) {
        String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        into.add(name);
        held(field.getValue(), name, into);
      }
    }
  }

  private static Outcome read(JsonNode report) throws IOException {
    return Outcome.of(new SluiceReader(Outcome.SETTINGS), MAPPER.writeValueAsBytes(report));
  }

  @Test
  void theFullSampleHoldsEveryFieldOfTheSchemaAndNoOther() throws IOException {
    Set<String> described = new TreeSet<>();
    described(schema(), "", described);
    Set<String> held = new TreeSet<>();
    held(full(), "", held);
    assertEquals(described, held);
  }

  @Test
  void everyFieldOfTheSchemaIsRead() throws IOException {
    Outcome whole = read(full());
    Set<String> described = new TreeSet<>();
    described(schema(), "", described);
    for (String path : described) {
      JsonNode copy = full();
      int removed = remove(copy, List.of(path.split("\\.")));
      assertTrue(removed > 0, path);
      if (!SAME_WITHOUT.contains(path)) {
        assertThat(read(copy)).as("without " + path).isNotEqualTo(whole);
      }
    }
  }

  /** Fields that only repeat another one in the sample do matter where they are alone. */
  @Test
  void readsFieldsThatTheSampleRepeats() throws IOException {
    ObjectNode report = (ObjectNode) full();
    ObjectNode only = (ObjectNode) report.get("findings").get(0).get("package");
    only.remove(List.of("purl", "ecosystem"));
    assertEquals("", read(report).only("ORCH-2026-7").getComponent().getEcosystem());
    only.put("ecosystem", "npm");
    assertEquals(
        "pkg:npm/lodash@4.17.20", read(report).only("ORCH-2026-7").getComponent().getPurl());
    ObjectNode place = (ObjectNode) report.get("findings").get(1).get("location");
    place.put("endLine", 99);
    assertEquals(99, read(report).only("ORCH-SQL").getLocation().getEndLine());
  }

  @Test
  void everyWordOfTheSchemaIsKnown() throws IOException {
    JsonNode properties = schema().at("/properties/findings/items/properties");
    List<String> unknown = new ArrayList<>();
    for (var property : properties.properties()) {
      for (JsonNode word : property.getValue().path("enum")) {
        ObjectNode report = (ObjectNode) MAPPER.readTree(Outcome.sample("sluice/minimal.json"));
        ((ObjectNode) report.get("findings").get(0)).set(property.getKey(), word);
        read(report).warnings().forEach(w -> unknown.add(property.getKey() + " " + word + " " + w));
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void theExamplesOfThePageCanBeRead() throws IOException {
    Path page = Path.of(System.getProperty("sluice.root", "..")).resolve("docs/sluice-json.md");
    String[] blocks = Files.readString(page).split("```json\n");
    assertThat(blocks).hasSizeGreaterThan(1);
    for (int i = 1; i < blocks.length; i++) {
      Outcome outcome = Outcome.of(new SluiceReader(Outcome.SETTINGS), blocks[i].split("```")[0]);
      assertTrue(outcome.read(), outcome.refusal());
      assertThat(outcome.observations()).isNotEmpty();
      assertThat(outcome.warnings()).isEmpty();
    }
  }

  private static int remove(JsonNode node, List<String> path) {
    int removed = 0;
    if (node.isArray()) {
      for (JsonNode each : node) {
        removed += remove(each, path);
      }
    } else if (node instanceof ObjectNode object) {
      if (path.size() > 1) {
        return object.has(path.get(0))
            ? remove(object.get(path.get(0)), path.subList(1, path.size()))
            : 0;
      }
      removed += object.remove(path.get(0)) == null ? 0 : 1;
    }
    return removed;
  }
}
