package dev.sluice.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RatioTest {
  @Test
  void isTheMedianWithLowestAndHighest() {
    assertThat(Ratio.of(List.of(0.7, 0.5, 0.9), 0.6))
        .isEqualTo(new Ratio(0.7, 0.6, 0.5, 0.9, null));
    assertThat(Ratio.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
  }

  @Test
  void reachesItsGoalFromTheRightSide() {
    assertThat(Ratio.of(List.of(0.5), 0.6).isReached()).isFalse();
    assertThat(Ratio.atMost(List.of(0.5), 0.6).isReached()).isTrue();
    assertThat(Ratio.atMost(List.of(0.7), 0.6).isReached()).isFalse();
  }

  @Test
  void saysInJsonOnlyWhereLowerIsBetter() throws Exception {
    ObjectMapper json = new ObjectMapper();
    assertThat(json.writeValueAsString(Ratio.of(List.of(2.0), 1.0)))
        .isEqualTo("{\"value\":2.0,\"goal\":1.0,\"low\":2.0,\"high\":2.0}");
    assertThat(json.writeValueAsString(Ratio.atMost(List.of(2.0), 1.0)))
        .isEqualTo("{\"value\":2.0,\"goal\":1.0,\"low\":2.0,\"high\":2.0,\"better\":\"lower\"}");
  }
}
