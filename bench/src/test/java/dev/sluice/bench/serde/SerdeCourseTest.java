package dev.sluice.bench.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.figure.Results;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SerdeCourseTest {
  @Test
  void comparesBothDirectionsAndNamesTheWorse() throws Exception {
    Results results = Results.ofThisMachine();

    new SerdeCourse(Duration.ZERO).run(1, results);

    double write = results.ratios().get("serde-serialize").value();
    double read = results.ratios().get("serde-deserialize").value();
    assertThat(results.ratios().get("serde").value()).isEqualTo(Math.min(write, read)).isPositive();
    assertThat(results.ratios().get("serde").goal()).isEqualTo(0.9);
    assertThat(results.absolutes().get("serialize-events-per-second")).isPositive();
  }
}
