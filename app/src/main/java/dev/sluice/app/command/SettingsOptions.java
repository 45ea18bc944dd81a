package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.app.LogSetup;
import dev.sluice.app.service.RunningMachine;
import dev.sluice.app.settings.EffectiveSettings;
import dev.sluice.app.settings.LogSettings;
import dev.sluice.app.settings.SettingsException;
import dev.sluice.app.settings.SettingsLoader;
import dev.sluice.app.settings.SluiceSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of every command that needs settings. */
final class SettingsOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings file (else SLUICE_CONFIG, else ./sluice.yaml).")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one key, for example --set kafka.prefix=acme.; may be repeated.")
  private Map<String, String> keys = new LinkedHashMap<>();

  @Option(names = "--debug", description = "Log what happens, and show where a failure comes from.")
  void debug(boolean on) {
    if (on) {
      LogSetup.level("DEBUG");
    }
  }

  private final Map<String, String> flags = new LinkedHashMap<>();
  private final Map<String, String> places = new LinkedHashMap<>();
  private final Map<String, String> presets = new LinkedHashMap<>();

  /** Gives a flag of the command the place of a key; null leaves the key as it is. */
  SettingsOptions with(String key, Object value, String flag) {
    if (value != null) {
      flags.put(key, value.toString());
      places.put(key, flag);
    }
    return this;
  }

  /** Replaces the default of a key, for a command in which another one is right. */
  SettingsOptions preset(String key, Object value) {
    presets.put(key, value.toString());
    return this;
  }

  /**
   * Loads for a command of an operator: where nothing else is said, it speaks with the one-process
   * mode that runs on the data directory.
   */
  SluiceSettings loadForOperator() {
    RunningMachine.at(load().dataDir())
        .ifPresent(
            machine ->
                preset("kafka.bootstrap-servers", machine.bootstrapServers())
                    .preset("kafka.prefix", machine.prefix())
                    .preset("kafka.partitions", machine.partitions())
                    .preset("kafka.replication", 1)
                    .preset("registry.url", machine.registryUrl())
                    .preset("client.server", machine.gatewayUrl()));
    return load();
  }

  SluiceSettings load() {
    try {
      SluiceSettings settings = loader().load();
      if (settings.log().format() == LogSettings.Format.JSON) {
        LogSetup.json();
      }
      return settings;
    } catch (SettingsException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  /** Every setting with where its value comes from. */
  EffectiveSettings explain() {
    try {
      return loader().explain();
    } catch (SettingsException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private SettingsLoader loader() {
    SettingsLoader loader = SettingsLoader.ofProcess().file(file);
    presets.forEach(loader::preset);
    keys.forEach((key, value) -> loader.flag(key, value, "--set " + key));
    flags.forEach((key, value) -> loader.flag(key, value, places.get(key)));
    return loader;
  }
}
