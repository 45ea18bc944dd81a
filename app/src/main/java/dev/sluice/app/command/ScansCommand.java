package dev.sluice.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.client.Answers;
import dev.sluice.app.explain.ScanStory;
import dev.sluice.app.text.Json;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice scans}. */
@Command(
    name = "scans",
    description = "Look at single scans.",
    footerHeading = "%nExample:%n",
    footer = "  sluice scans show 5e1f0a52-3b1c-4c53-9a55-a8c8f4b0d2f1")
final class ScansCommand implements Runnable {
  private final Console console;

  @Mixin private HelpOption help;
  @Spec private CommandSpec spec;

  ScansCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which one? sluice scans show SCAN");
  }

  @Command(name = "show", description = "What became of a scan, and what fails it.")
  int show(
      @Mixin HelpOption help,
      @Mixin AskOptions asked,
      @Parameters(paramLabel = "SCAN", description = "The scan's id, as publish says it.")
          String scan,
      @Option(names = "--json", description = "Print JSON.") boolean json)
      throws InterruptedException {
    JsonNode verdict =
        asked
            .open()
            .ask("/v1/scans/" + Answers.encode(scan), Map.of())
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE, "no scan that you may see has the id " + scan));
    if (json) {
      Json.print(console.out(), verdict);
    } else {
      ScanStory.print(console.out(), verdict);
    }
    return ExitCode.OK.code();
  }
}
