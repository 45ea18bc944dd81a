package dev.sluice.sinks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class ClaimTest {
  private final Claim claim = new Claim(new TopicPartition("t", 0), 10);

  @Test
  void committableIsTheFirstUnfinished() {
    claim.read(10);
    claim.read(11);
    claim.read(14);
    claim.finished(11);
    assertThat(claim.committable()).isEqualTo(10);
    claim.finished(10);
    assertThat(claim.committable()).isEqualTo(14);
    claim.finished(14);
    assertThat(claim.committable()).isEqualTo(15);
  }

  @Test
  void nothingReadIsNoProgress() {
    assertThat(claim.committable()).isEqualTo(10);
    assertThat(claim.hasProgress()).isFalse();
  }
}
