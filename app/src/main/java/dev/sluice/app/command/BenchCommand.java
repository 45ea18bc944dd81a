package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/**
 * {@code sluice bench}, for the list of commands. The launcher of a source tree starts the
 * benchmark's own main class, because it is not part of what is installed.
 */
@Command(
    name = "bench",
    description = "Measure the topology against a pass-through. Only in the source tree.",
    footerHeading = "%nExample:%n",
    footer = "  ./sluice bench --quick")
final class BenchCommand implements Callable<Integer> {
  @Mixin private HelpOption help;
  @Unmatched private java.util.List<String> rest;

  @Override
  public Integer call() {
    throw new CommandFailure(
        ExitCode.USAGE, "bench is part of the source tree: run ./sluice bench there");
  }
}
