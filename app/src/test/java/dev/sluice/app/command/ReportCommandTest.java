package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportCommandTest {
  @Test
  void asksWhichStep() {
    Run run = Run.of("report");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("ack, assess, fix, release, disclose or reject");
  }

  @Test
  void asksWhoTakesTheStep() {
    Run run = Run.of("report", "disclose", "R-7");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--by");
  }

  @Test
  void someoneWithoutANameTakesNoStep() {
    Run run =
        Run.of("report", "ack", "R-7", "--by", " ", "--set", "kafka.bootstrap-servers=x.invalid:1");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("say who decides");
  }
}
