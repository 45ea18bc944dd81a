package dev.sluice.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPlanTest {
  @TempDir Path directory;

  @Test
  void readsThePlanOfTheSamples() {
    Path samples = Path.of(System.getProperty("sluice.root"), "samples", "demo.yaml");

    DemoPlan plan = DemoPlan.read(samples);

    assertThat(plan.matrices()).extracting(DemoPlan.Matrix::product).isNotEmpty();
    assertThat(plan.intel()).hasSize(1);
    assertThat(plan.reports()).hasSize(8).allSatisfy(r -> assertThat(r.shows()).isNotBlank());
  }

  @Test
  void keepsAVersionThatLooksLikeANumber() throws Exception {
    report("a.json");

    DemoPlan plan = read("reports:\n  - {file: a.json, version: 5.10}\n");

    assertThat(plan.reports().get(0).version()).isEqualTo("5.10");
  }

  @Test
  void namesAnUnknownKeyAndItsPlace() throws Exception {
    report("a.json");

    assertThatThrownBy(() -> read("reports:\n  - {file: a.json, versoin: 1}\n"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContainingAll("demo.yaml", "reports 1", "versoin", "version");
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> read("reports: [{file: none.json}]"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("none.json");
  }

  @Test
  void refusesAPlanWithoutReports() {
    assertThatThrownBy(() -> read("intel: []")).hasMessageContaining("names no reports");
  }

  private void report(String name) throws IOException {
    Files.writeString(directory.resolve(name), "{}");
  }

  private DemoPlan read(String text) throws IOException {
    return DemoPlan.read(Files.writeString(directory.resolve("demo.yaml"), text));
  }
}
