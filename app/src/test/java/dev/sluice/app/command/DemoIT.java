package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a newcomer runs it, once, and what it must show. */
class DemoIT {
  @TempDir static Path directory;
  private static Run run;
  private static JsonNode summary;

  @BeforeAll
  static void demo() throws Exception {
    String plan = System.getProperty("sluice.root") + "/samples/demo.yaml";
    run =
        Run.of(
            "demo",
            "--exit",
            "--json",
            "--plan",
            plan,
            "--keep",
            directory.resolve("d").toString());
    summary = new ObjectMapper().readTree(run.out());
  }

  @Test
  void endsWellAndPrintsNothingButJson() {
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("{").endsWith("}" + System.lineSeparator());
    assertThat(run.err()).contains("starting", "published", "verdict");
  }

  @Test
  void accountsForEveryObservation() {
    long observations = summary.path("observations").asLong();
    long reported = 0;
    for (JsonNode report : summary.path("reports")) {
      reported += report.path("observations").asLong();
    }

    assertThat(observations).isEqualTo(reported).isEqualTo(69);
    assertThat(
            summary.path("findings").asLong()
                + summary.at("/duplicates/acrossRuns").asLong()
                + summary.at("/duplicates/acrossScanners").asLong())
        .isEqualTo(observations);
  }

  @Test
  void repeatedRunsAddNothing() {
    assertThat(summary.at("/duplicates/acrossRuns").asLong()).isEqualTo(28);
  }

  @Test
  void trivyAndGrypeAgreeOnOneFinding() {
    JsonNode log4j = item("log4j-core");

    assertThat(log4j.path("findings")).hasSize(2);
    for (JsonNode finding : log4j.path("findings")) {
      assertThat(finding.path("id").asText()).startsWith("CVE-");
      assertThat(finding.path("scanners").toString()).isEqualTo("[\"grype\",\"trivy\"]");
    }
  }

  @Test
  void theExploitedOneIsMarkedAndFixedByOneVersion() {
    assertThat(item("log4j-core").path("knownExploited").asBoolean()).isTrue();
    assertThat(item("log4j-core").path("fixedVersion").asText()).isEqualTo("2.17.0");
  }

  @Test
  void aSecretIsWork() {
    assertThat(item("app/config/payments.env:4").path("severity").asText()).isEqualTo("critical");
  }

  @Test
  void whatHasNoFixOrNoSupportIsWithheldWithItsReason() {
    assertThat(summary.at("/withheld/no-fix").asLong()).isEqualTo(1);
    assertThat(summary.at("/withheld/unsupported-line").asLong()).isEqualTo(1);
    assertThat(summary.path("items").toString()).doesNotContain("zlib", "postgresql");
  }

  @Test
  void aScanOfLessClosesNothing() {
    assertThat(item("netty-codec-http2").isMissingNode()).isFalse();
    assertThat(item("glibc").isMissingNode()).isFalse();
  }

  @Test
  void sinksHaveSeenEveryItemOpened() throws Exception {
    Path events = directory.resolve("d").resolve("events.jsonl");

    assertThat(
            Files.readString(events).lines().filter(line -> line.contains("\"type\":\"opened\"")))
        .hasSizeGreaterThanOrEqualTo(summary.path("actionItems").asInt());
  }

  private static JsonNode item(String target) {
    for (JsonNode item : summary.path("items")) {
      if (item.path("target").asText().endsWith(target)) {
        return item;
      }
    }
    return summary.path("none");
  }
}
