package dev.sluice.streams.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.GateMode;
import org.junit.jupiter.api.Test;

class DefaultPolicyTest {
  private final CompiledPolicy policy = CompiledPolicy.standard();

  @Test
  void compilesAndPassesItsOwnTests() {
    assertThat(CompiledPolicy.test(CompiledPolicy.standardDocument()))
        .hasSizeGreaterThan(10)
        .allMatch(PolicyTestResult::passed);
    assertThat(policy.gateMode()).isEqualTo(GateMode.RATCHET);
  }
}
