package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  @TempDir private Path directory;

  @Test
  void checksAFileThatIsRight() throws Exception {
    Run run = check("gateway:\n  port: 9000\n");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("sluice.yaml: 1 key is set");
  }

  @Test
  void namesTheNearestOfAnUnknownKey() throws Exception {
    Run run = check("gateway:\n  prot: 9000\n");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("line 2", "gateway.prot", "gateway.port");
  }

  @Test
  void showsWhereAValueComesFrom() {
    Run run = Run.of("config", "show", "gateway", "--set", "gateway.port=9000");

    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("gateway.port +9000 +--set gateway.port"))
        .anyMatch(line -> line.matches("gateway.host +127.0.0.1 +default"))
        .noneMatch(line -> line.startsWith("kafka"));
  }

  @Test
  void showsOnlyWhatIsSet() {
    Run run = Run.of("config", "show", "--changed", "--json", "--set", "gateway.port=9000");

    assertThat(run.out()).contains("\"gateway.port\"").doesNotContain("\"gateway.host\"");
  }

  @Test
  void printsTheSchema() {
    assertThat(Run.of("config", "schema").out())
        .startsWith("{")
        .contains("draft/2020-12/schema", "max-requests-per-minute");
  }

  private Run check(String yaml) throws Exception {
    Path file = directory.resolve("sluice.yaml");
    Files.writeString(file, yaml);
    return Run.of("config", "check", "--config", file.toString());
  }
}
