package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.LogSetup;
import dev.sluice.app.service.MachineService;
import dev.sluice.app.settings.SluiceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/**
 * For commands that need everything stopped: the Kafka of the settings, or the one in a data
 * directory, which is started for as long as the command runs.
 */
final class MachineOptions {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Data directory of sluice up, which must be stopped; its broker runs as long as this"
              + " command does. Without it: the Kafka of the settings.")
  private Path dataDir;

  /** The directory, if one was named. */
  Optional<Path> directory() {
    return Optional.ofNullable(dataDir);
  }

  /**
   * Does the work.
   *
   * @param create whether the directory may be new
   */
  <T> T with(
      SettingsOptions options, Console console, boolean create, Function<SluiceSettings, T> work) {
    LogSetup.libraries("ERROR");
    if (dataDir == null) {
      return work.apply(options.loadForOperator());
    }
    Path kafka = dataDir.resolve("kafka");
    if (!create && !Files.isDirectory(kafka)) {
      throw new CommandFailure(
          ExitCode.USAGE, dataDir + ": no data directory of sluice up; it has no kafka in it");
    }
    console.err().println("sluice: starting Kafka and the registry in " + dataDir);
    try (MachineService machine = MachineService.persistent(kafka.toAbsolutePath(), 0, 0)) {
      String place = "the embedded broker";
      return work.apply(
          options
              .with("data-dir", dataDir, "--data-dir")
              .with("kafka.bootstrap-servers", machine.machine().bootstrapServers(), place)
              .with("kafka.replication", 1, place)
              .with("registry.url", machine.machine().registryUrl(), place)
              .load());
    }
  }
}
