package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark of next to nothing: what it finds means nothing, but it finds it. */
final class BenchIT {
  @TempDir private Path folder;

  @Test
  void writesRatiosAndAbsolutesWithTheMachine() throws Exception {
    Path file = folder.resolve("bench.json");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    int exit =
        BenchMain.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            System.err,
            "bench",
            "--quick",
            "--only=steady-state",
            "--rounds=1",
            "--warm-ups=0",
            "--assets=4",
            "--observations=50",
            "--rescans=2",
            "--json=" + file);

    assertThat(exit).isZero();
    JsonNode results = new ObjectMapper().readTree(file.toFile());
    assertThat(results.fieldNames()).toIterable().containsExactly("machine", "ratios", "absolutes");
    for (String name : new String[] {"steady-state", "first-sight"}) {
      JsonNode ratio = results.get("ratios").get(name);
      assertThat(ratio.fieldNames()).toIterable().containsExactly("value", "goal", "low", "high");
      assertThat(ratio.get("low").asDouble()).isPositive();
      assertThat(ratio.get("value").asDouble())
          .isBetween(ratio.get("low").asDouble(), ratio.get("high").asDouble());
    }
    assertThat(results.get("ratios").get("steady-state").get("goal").asDouble()).isEqualTo(1.0);
    assertThat(results.get("ratios").get("first-sight").get("goal").asDouble()).isEqualTo(0.3);
    assertThat(results.get("absolutes").get("changelog-bytes-per-new").asDouble()).isPositive();
    assertThat(results.get("machine").get("processors").asInt()).isPositive();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("steady-state", "first-sight");
  }

  @Test
  void namesThePartsWhenOneIsUnknown() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int exit =
        BenchMain.run(
            System.out, new PrintStream(err, true, StandardCharsets.UTF_8), "--only=pipelin");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("pipelin", "post-to-decision-10k", "open-findings-scale");
  }

  @Test
  void refusesAnUnknownOptionAsWrongUsage() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int exit =
        BenchMain.run(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), "--fast");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--fast");
  }
}
