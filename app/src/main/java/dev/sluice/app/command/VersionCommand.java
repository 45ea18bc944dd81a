package dev.sluice.app.command;

import dev.sluice.app.Console;
import dev.sluice.app.HelpOption;
import dev.sluice.app.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice version}. */
@Command(
    name = "version",
    description = "Print which Sluice this is, and on which Java it runs.",
    footerHeading = "%nExample:%n",
    footer = "  sluice version --short")
final class VersionCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;

  @Option(names = "--short", description = "The version and nothing else.")
  private boolean brief;

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (brief) {
      console.out().println(Version.current());
    } else {
      for (String line : new SluiceCommand.BuildVersion().getVersion()) {
        console.out().println(line);
      }
    }
    return 0;
  }
}
