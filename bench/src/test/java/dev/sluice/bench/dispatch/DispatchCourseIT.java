package dev.sluice.bench.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.figure.Results;
import org.junit.jupiter.api.Test;

final class DispatchCourseIT {
  @Test
  void comparesASinkWithABareClient() throws Exception {
    Results results = Results.ofThisMachine();

    new DispatchCourse(20).run(1, results);

    assertThat(results.ratios().get("dispatch").value()).isPositive();
    assertThat(results.ratios().get("dispatch").goal()).isEqualTo(0.5);
    assertThat(results.absolutes()).containsKeys("dispatch-per-second", "http-client-per-second");
  }
}
