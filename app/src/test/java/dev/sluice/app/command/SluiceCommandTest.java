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

  @ParameterizedTest
  @MethodSource("allCommands")
  void helpFitsATerminalAndSaysWhatTheCommandDoes(picocli.CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();

    assertThat(command.getUsageMessage().lines()).as(name).allMatch(line -> line.length() <= 80);
    assertThat(command.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
    assertThat(command.getCommandSpec().options())
        .as(name)
        .allMatch(option -> option.hidden() || !String.join("", option.description()).isBlank());
  }

  static Stream<picocli.CommandLine> allCommands() {
    return below(SluiceCommand.line(dev.sluice.app.Console.ofProcess()));
  }

  private static Stream<picocli.CommandLine> below(picocli.CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(SluiceCommandTest::below));
  }

  @Test
  void helpListsTheExitCodes() {
    assertThat(Run.of("--help").out()).contains("Exit codes:", "policy", "usable", "reached");
  }
}
