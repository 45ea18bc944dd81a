package dev.sluice.app.settings;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loads settings: defaults, then the settings file, then {@code SLUICE_*} variables, then flags;
 * the later wins, key by key.
 */
public final class SettingsLoader {
  private final Map<String, String> environment;
  private final Path directory;
  private final Map<String, String> flags = new LinkedHashMap<>();
  private final Map<String, String> places = new LinkedHashMap<>();
  private final Map<String, String> presets = new LinkedHashMap<>();
  private Path file;

  /**
   * @param environment variables of the process
   * @param directory where {@code sluice.yaml} is looked for, and what relative paths start from
   */
  public SettingsLoader(Map<String, String> environment, Path directory) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
  }

  /** Loads with the environment and directory of this process. */
  public static SettingsLoader ofProcess() {
    return new SettingsLoader(System.getenv(), Path.of(""));
  }

  /**
   * Reads a duration as settings are written: {@code 30s}, {@code 5m}.
   *
   * @throws IllegalArgumentException if it is none; the message says what one looks like
   */
  public static Duration duration(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(SettingText.expected(Duration.class));
    }
    return (Duration) SettingText.parse(Duration.class, text);
  }

  /**
   * Names the settings file; null leaves the choice to {@code SLUICE_CONFIG}, then the directory.
   */
  public SettingsLoader file(Path named) {
    this.file = named;
    return this;
  }

  /**
   * Sets a key.
   *
   * @param place how it was written, for example {@code --port}
   */
  public SettingsLoader flag(String key, String text, String place) {
    flags.put(key, text);
    places.put(key, place);
    return this;
  }

  /** Replaces the default of a key, for a mode in which another one is right. */
  public SettingsLoader preset(String key, String text) {
    presets.put(key, text);
    return this;
  }

  /**
   * @throws SettingsException if a key is unknown, a value has the wrong type, or a file cannot be
   *     read; holds all problems
   */
  public SluiceSettings load() throws SettingsException {
    return load(SluiceSettings.class);
  }

  /**
   * Every setting with where its value comes from.
   *
   * @throws SettingsException as {@link #load()}
   */
  public EffectiveSettings explain() throws SettingsException {
    return explain(SluiceSettings.class);
  }

  EffectiveSettings explain(Class<? extends Record> type) throws SettingsException {
    Sources sources = read(type);
    sources.bind(type);
    return EffectiveSettings.of(chosenFile(), sources.shape, sources.config);
  }

  <R extends Record> R load(Class<R> type) throws SettingsException {
    return read(type).bind(type);
  }

  private Sources read(Class<? extends Record> type) {
    SettingNode.Group shape = SettingNode.of(type);
    List<Layer> layers = new ArrayList<>();
    layers.add(FlagLayer.presets(presets, shape));
    Path chosen = chosenFile();
    if (chosen != null) {
      layers.add(YamlLayer.read(chosen, shape));
    }
    Set<String> known = new HashSet<>(flags.keySet());
    layers.forEach(layer -> known.addAll(layer.values().keySet()));
    layers.add(EnvironmentLayer.read(environment, shape, known));
    layers.add(FlagLayer.read(flags, places, shape));

    List<String> problems = new ArrayList<>();
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
    for (Layer layer : layers) {
      problems.addAll(layer.problems());
      builder.withSources(layer.source());
    }
    return new Sources(shape, builder.build(), problems);
  }

  /** All that was said, and what is wrong with it before types are looked at. */
  private record Sources(SettingNode.Group shape, SmallRyeConfig config, List<String> problems) {
    <R extends Record> R bind(Class<R> type) throws SettingsException {
      SettingsBinder binder = new SettingsBinder(config);
      R settings = binder.bind(type, shape);
      problems.addAll(binder.problems());
      if (!problems.isEmpty()) {
        throw new SettingsException(problems);
      }
      return settings;
    }
  }

  private Path chosenFile() {
    if (file != null) {
      return file;
    }
    String named = environment.getOrDefault("SLUICE_CONFIG", "");
    if (!named.isEmpty()) {
      return directory.resolve(named);
    }
    Path usual = directory.resolve("sluice.yaml");
    return Files.exists(usual) ? usual : null;
  }
}
