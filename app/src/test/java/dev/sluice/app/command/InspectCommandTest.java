package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void countsByKindAndSeverity() throws Exception {
    Run run = Run.of("inspect", "--json", sample("trivy-pay-5.2.1.json"));

    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    JsonNode entry = JSON.readTree(run.out()).get(0);
    assertThat(entry.path("tool").asText()).isEqualTo("trivy");
    assertThat(entry.path("format").asText()).isEqualTo("trivy-json");
    assertThat(entry.path("observations").asInt()).isEqualTo(14);
    assertThat(JSON.convertValue(entry.path("byKind"), Map.class))
        .isEqualTo(Map.of("vulnerable_package", 13, "secret", 1));
    assertThat(JSON.convertValue(entry.path("bySeverity"), Map.class))
        .isEqualTo(Map.of("critical", 6, "high", 4, "medium", 1, "low", 3));
    assertThat(entry.path("error").isNull()).isTrue();
    assertThat(entry.fieldNames())
        .toIterable()
        .containsExactly(
            "file", "tool", "format", "observations", "byKind", "bySeverity", "warnings", "error");
  }

  @Test
  void readsOnAfterAFileThatIsNoReport() throws Exception {
    Path broken = Files.writeString(directory.resolve("broken.json"), "{\"matches\": [");

    Run run =
        Run.of("inspect", "--json", broken.toString(), sample("gosec-ledger.sarif"), "none.json");

    assertThat(run.exit()).isEqualTo(3);
    JsonNode entries = JSON.readTree(run.out());
    assertThat(entries).hasSize(3);
    assertThat(entries.get(0).path("file").asText()).isEqualTo(broken.toString());
    assertThat(entries.get(0).path("error").asText()).contains("broken.json");
    assertThat(entries.get(1).path("observations").asInt()).isEqualTo(3);
    assertThat(entries.get(2).path("error").asText()).contains("none.json", "no such file");
  }

  @Test
  void saysOnStandardErrorWhichFileIsUnreadableAndShowsNoStackTrace() throws Exception {
    Path text = Files.writeString(directory.resolve("notes.txt"), "just notes");

    Run run = Run.of("inspect", text.toString());

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(text.toString()).doesNotContain("Exception", "\tat ");
  }

  @Test
  void readsStandardInput() throws Exception {
    String report = Files.readString(Path.of(sample("codeql-ledger.sarif")));

    Run run = Run.withInput(report, "inspect", "-");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("codeql", "3 observations");
  }

  @Test
  void expandsAPatternThatTheShellDidNot() {
    Run run = Run.of("inspect", "--json", root() + "/samples/*.sarif");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("codeql-ledger.sarif", "gosec-ledger.sarif");
  }

  @Test
  void aPatternWithoutAMatchIsUnreadable() {
    Run run = Run.of("inspect", directory + "/*.json");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("no file matches");
  }

  @Test
  void anUnknownFormatIsWrongUsage() {
    Run run = Run.of("inspect", "--format", "trivvy", sample("trivy-pay-5.2.1.json"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("trivvy", "trivy-json");
  }

  @Test
  void everyReportAmongTheSamplesIsReadable() {
    Run run = Run.of("inspect", "--json", root() + "/samples/*.json");

    assertThat(run.exit()).as(run.out()).isZero();
  }

  private static String sample(String name) {
    return root() + "/samples/" + name;
  }

  private static String root() {
    return System.getProperty("sluice.root");
  }
}
