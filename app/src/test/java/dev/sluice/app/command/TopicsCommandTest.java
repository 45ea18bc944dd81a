package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicsCommandTest {
  @Test
  void aHostThatDoesNotResolveIsUnreachable() {
    Run run = Run.of("topics", "check", "--bootstrap-servers", "nowhere.invalid:9092");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("nowhere.invalid:9092").doesNotContain("\tat ");
  }

  @Test
  void asksForCreateOrCheck() {
    assertThat(Run.of("topics").exit()).isEqualTo(2);
  }
}
