package dev.sluice.sinks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TokenBucketTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void allowsABurstAndThenTheRate() {
    TokenBucket bucket = new TokenBucket(2, 3, 0);
    int taken = 0;
    for (long now = 0; now < 10 * SECOND; now += SECOND / 100) {
      taken += bucket.tryTake(now) ? 1 : 0;
    }
    assertThat(taken).isBetween(3 + 19, 3 + 20);
  }

  @Test
  void saysHowLongUntilTheNext() {
    TokenBucket bucket = new TokenBucket(4, 1, 0);
    assertThat(bucket.tryTake(0)).isTrue();
    assertThat(bucket.untilToken(0)).isEqualTo(SECOND / 4);
    assertThat(bucket.tryTake(SECOND / 4)).isTrue();
  }

  @Test
  void zeroIsNoLimit() {
    TokenBucket bucket = new TokenBucket(0, 1, 0);
    for (int i = 0; i < 1_000; i++) {
      assertThat(bucket.tryTake(0)).isTrue();
    }
  }
}
