package dev.sluice.app.settings;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.MapBackedConfigValueConfigSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one source says, key by key.
 *
 * @param name the source for people
 * @param rank a higher one wins
 * @param values by full key, each with its place
 * @param problems what is wrong with the source itself
 */
record Layer(String name, int rank, Map<String, Placed> values, List<String> problems) {

  /** A value and where it was written, for example {@code sluice.yaml, line 7}. */
  record Placed(String text, String place) {}

  Source source() {
    Map<String, ConfigValue> properties = new LinkedHashMap<>();
    values.forEach(
        (key, placed) ->
            properties.put(
                key,
                ConfigValue.builder()
                    .withName(key)
                    .withValue(placed.text())
                    .withRawValue(placed.text())
                    .withConfigSourceName(placed.place())
                    .withConfigSourceOrdinal(rank)
                    .build()));
    return new Source(name, properties, rank);
  }

  /** The layer as SmallRye Config takes it. */
  static final class Source extends MapBackedConfigValueConfigSource {
    private static final long serialVersionUID = 1L;

    private Source(String name, Map<String, ConfigValue> properties, int ordinal) {
      super(name, properties, ordinal);
    }
  }
}
