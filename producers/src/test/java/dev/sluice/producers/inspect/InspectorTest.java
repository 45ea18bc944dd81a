package dev.sluice.producers.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.producers.format.Formats;
import dev.sluice.producers.format.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectorTest {
  @TempDir Path directory;

  private final Inspector inspector = new Inspector(Formats.standard(Outcome.SETTINGS));

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  @Test
  void countsByKindAndSeverity() throws IOException {
    ReportSummary summary =
        inspector.inspect(file("image.json", Outcome.sample("trivy/image.json")), null);
    assertNull(summary.error());
    assertEquals("image.json", summary.file());
    assertEquals("trivy", summary.tool());
    assertEquals("trivy-json", summary.format());
    assertEquals(9, summary.observations());
    assertEquals(
        Map.of("vulnerable_package", 4L, "misconfiguration", 2L, "secret", 1L, "licence", 2L),
        summary.byKind());
    assertEquals(
        Map.of("critical", 3L, "high", 3L, "low", 2L, "unknown", 1L), summary.bySeverity());
    assertEquals("5.4.1", summary.scans().get(0).version());
    assertEquals(2L, summary.scans().get(0).componentsSeen());
  }

  @Test
  void namesEveryScanOfAReport() throws IOException {
    ReportSummary summary =
        inspector.inspect(file("c.sarif", Outcome.sample("sarif/containers.sarif")), null);
    assertThat(summary.scans())
        .extracting(ReportSummary.Scan::observations)
        .containsExactly(3L, 1L, 2L);
  }

  @Test
  void answersWithAnErrorInsteadOfThrowing() throws IOException {
    assertThat(inspector.inspect(directory.resolve("none.json"), null).error())
        .contains("none.json: no such file");
    assertThat(inspector.inspect(directory, null).error()).contains("directory");
    ReportSummary unknown = inspector.inspect(file("x.txt", new byte[] {'h', 'i'}), null);
    assertFalse(unknown.readable());
    assertThat(unknown.error()).startsWith("x.txt: looks like plain text");
    assertThat(inspector.inspect(file("y.json", new byte[] {'{', '}'}), "nonsense").error())
        .contains("unknown format 'nonsense'")
        .contains("trivy-json");
  }

  @Test
  void readsTheLiteralNullWhereTheFormatIsNamed() throws IOException {
    Path file = file("null.json", "null".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    ReportSummary summary = inspector.inspect(file, "trivy-json");
    assertNull(summary.error());
    assertEquals(0, summary.observations());
    assertEquals(0L, summary.scans().get(0).componentsSeen());
  }
}
