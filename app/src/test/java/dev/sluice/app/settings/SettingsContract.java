package dev.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What every settings record promises: its defaults, and that every key of it reaches its
 * component. A new component fails both tests until its key is listed.
 */
abstract class SettingsContract<R extends Record> {

  /** The record as it is when nobody sets anything. */
  abstract R defaults();

  /** A text for every key; each differs from the default. A {@code *} in a key is any name. */
  abstract Map<String, String> everyKey();

  /** The record that {@link #everyKey} makes. */
  abstract R everyValue();

  @Test
  void hasDocumentedDefaults() throws Exception {
    assertThat(bind(Map.of())).isEqualTo(defaults());
  }

  @Test
  void bindsEveryKey() throws Exception {
    assertThat(bind(everyKey())).isEqualTo(everyValue());
  }

  @Test
  void listsEveryKeyWithAValueThatIsNotTheDefault() throws Exception {
    SettingNode.Group shape = SettingNode.of(defaults().getClass());
    var missing = new TreeSet<>(SettingKeys.of(shape).keySet());
    for (Map.Entry<String, String> entry : everyKey().entrySet()) {
      missing.removeIf(
          known -> entry.getKey().matches(known.replace(".", "\\.").replace("*", ".+")));
      Map<String, String> others = new LinkedHashMap<>(everyKey());
      others.remove(entry.getKey());
      assertThat(bind(others)).as("without " + entry.getKey()).isNotEqualTo(everyValue());
    }
    assertThat(missing).as("keys that the test does not set").isEmpty();
  }

  @SuppressWarnings("unchecked")
  private R bind(Map<String, String> texts) throws SettingsException {
    Class<R> type = (Class<R>) defaults().getClass();
    SettingNode.Group shape = SettingNode.of(type);
    Layer layer = FlagLayer.read(texts, Map.of(), shape);
    assertThat(layer.problems()).isEmpty();
    var config = new SmallRyeConfigBuilder().withSources(layer.source()).build();
    SettingsBinder binder = new SettingsBinder(config);
    R record = binder.bind(type, shape);
    assertThat(binder.problems()).isEmpty();
    return record;
  }
}
