package dev.sluice.sinks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), new Random(7));

  @Test
  void boundDoublesUpToTheLongest() {
    assertThat(backoff.bound(1)).isEqualTo(Duration.ofSeconds(1).toNanos());
    assertThat(backoff.bound(2)).isEqualTo(Duration.ofSeconds(2).toNanos());
    assertThat(backoff.bound(9)).isEqualTo(Duration.ofSeconds(256).toNanos());
    assertThat(backoff.bound(10)).isEqualTo(Duration.ofMinutes(5).toNanos());
    assertThat(backoff.bound(10_000)).isEqualTo(Duration.ofMinutes(5).toNanos());
  }

  @Test
  void pausesSpreadOverTheWholeRange() {
    long bound = backoff.bound(4);
    long low = 0;
    long high = 0;
    for (int i = 0; i < 1_000; i++) {
      long pause = backoff.pause(4);
      assertThat(pause).isBetween(0L, bound);
      low += pause < bound / 4 ? 1 : 0;
      high += pause > bound / 4 * 3 ? 1 : 0;
    }
    assertThat(low).isBetween(150L, 350L);
    assertThat(high).isBetween(150L, 350L);
  }
}
