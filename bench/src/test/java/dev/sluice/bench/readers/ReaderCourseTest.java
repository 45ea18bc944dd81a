package dev.sluice.bench.readers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.figure.Ratio;
import dev.sluice.bench.invented.Advisories;
import dev.sluice.bench.invented.SarifFile;
import dev.sluice.bench.invented.Until;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReaderCourseTest {
  @TempDir Path folder;

  @Test
  void comparesEveryReaderAndNamesTheSlowest() throws Exception {
    ReaderCourse course = new ReaderCourse(Duration.ZERO);

    course.run(1, 1, line -> {});

    Map<String, Ratio> ratios = course.ratios();
    assertThat(ratios)
        .containsOnlyKeys("readers", "readers-trivy", "readers-grype", "readers-sarif");
    double slowest =
        ratios.entrySet().stream()
            .filter(e -> !e.getKey().equals("readers"))
            .mapToDouble(e -> e.getValue().value())
            .min()
            .orElseThrow();
    assertThat(ratios.get("readers").value()).isEqualTo(slowest).isPositive();
    assertThat(ratios.get("readers").goal()).isEqualTo(0.5);
    assertThat(course.absolutes())
        .containsKeys("digest-mib-per-second", "grype-bytes-allocated-per-observation");
  }

  @Test
  void writesTheSameReportAgain() throws Exception {
    Path one = folder.resolve("one.json");
    Path other = folder.resolve("other.json");
    new SarifFile(new Advisories(300)).write(one, Until.bytes(120_000));
    new SarifFile(new Advisories(300)).write(other, Until.bytes(120_000));
    assertThat(other).hasSameBinaryContentAs(one);
    assertThat(Files.size(one)).isBetween(200_000L, 260_000L);
  }
}
