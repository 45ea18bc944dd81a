package dev.sluice.bench.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.figure.Results;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WholeFiguresIT {
  @Test
  void measuresOneProcessFromAPostToWhatComesOut() throws Exception {
    Results results = Results.ofThisMachine();

    new WholeFigures(40, 0, 1, 0, Duration.ZERO, 1)
        .measure(Set.of("latency", "post-to-decision-10k"), results, line -> {});

    assertThat(results.ratios()).containsOnlyKeys("latency", "post-to-decision-10k");
    assertThat(results.ratios().get("latency").goal()).isEqualTo(500);
    assertThat(results.ratios().get("post-to-decision-10k").better()).isEqualTo("lower");
    assertThat(results.absolutes().get("latency-p50-millis")).isPositive();
    assertThat(results.absolutes().get("latency-requests")).isGreaterThanOrEqualTo(20);
  }
}
