package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixCommandTest {
  @TempDir Path directory;

  @Test
  void readsTheTableOfThisProject() {
    Run run = Run.of("matrix", "check", System.getProperty("sluice.root") + "/SECURITY.md");

    assertThat(run.exit()).isZero();
    assertThat(run.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains("9 0.1.x supported", "10 < 0.1 unsupported");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void printsRowsAsAnArrayForMachines() throws Exception {
    Run run =
        Run.of("matrix", "check", "--json", System.getProperty("sluice.root") + "/SECURITY.md");

    JsonNode rows = new ObjectMapper().readTree(run.out());
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).path("range").asText()).isEqualTo("< 0.1");
    assertThat(rows.get(1).path("support").asText()).isEqualTo("unsupported");
    assertThat(rows.get(1).path("sourceLine").asInt()).isEqualTo(10);
  }

  @Test
  void aRowWhoseLastDayIsPastIsUnsupportedToday() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("SECURITY.md"),
            "| Version | Supported until |\n|-|-|\n| 1.x | 2020-01-31 |\n| 2.x | 2099-01-31 |\n");

    Run run = Run.of("matrix", "check", file.toString());

    assertThat(run.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains("3 1.x unsupported 2020-01-31", "4 2.x supported 2099-01-31");
  }

  @Test
  void aDocumentWithoutATableIsUnreadable() throws Exception {
    Path file = Files.writeString(directory.resolve("SECURITY.md"), "# Security\n\nWrite to us.\n");

    Run run = Run.of("matrix", "check", file.toString());

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("SECURITY.md", "no table");
  }

  @Test
  void aFileThatIsNotThereIsUnreadable() {
    Run run = Run.of("matrix", "check", directory.resolve("none.md").toString());

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("none.md", "no such file");
  }
}
