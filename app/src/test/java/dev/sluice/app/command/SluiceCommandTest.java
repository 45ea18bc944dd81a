package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.Version;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SluiceCommandTest {
  @Test
  void printsTheVersionOfTheBuild() {
    Run run = Run.of("version", "--short");

    assertThat(run).isEqualTo(new Run(0, Version.current() + System.lineSeparator(), ""));
    assertThat(run.out()).matches("\\d+\\.\\d+\\..*\\R");
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    Run run = Run.of("versoin");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("versoin").contains("sluice version");
  }

  @Test
  void suggestsTheOptionThatWasMeant() {
    Run run = Run.of("version", "--shrot");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--shrot").contains("--short");
  }

  @Test
  void askingForNothingIsWrongUsage() {
    Run run = Run.of();

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--help");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpOfEveryCommandShowsAnExample(String command) {
    Run run = Run.of(command, "--help");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("Example").contains("sluice " + command);
    assertThat(run.err()).isEmpty();
  }

  static Stream<String> commands() {
    return SluiceCommand.line(dev.sluice.app.Console.ofProcess())
        .getSubcommands()
        .keySet()
        .stream();
  }

  @Test
  void helpListsTheExitCodes() {
    assertThat(Run.of("--help").out()).contains("Exit codes:", "policy", "usable", "reached");
  }
}
