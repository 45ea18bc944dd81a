package dev.sluice.app;

import picocli.CommandLine.Option;

/**
 * {@code --help} of every command. Not {@code --version}, which some need for an asset's version.
 */
public final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;
}
