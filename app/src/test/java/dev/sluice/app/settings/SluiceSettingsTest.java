package dev.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.producers.gateway.GatewaySettings;
import dev.sluice.producers.publish.PublisherSettings;
import dev.sluice.streams.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SluiceSettingsTest {
  @Test
  void defaultsAreThoseThatTheModulesDocument() throws Exception {
    SluiceSettings settings = load(Map.of());

    assertThat(settings.dataDir()).isEqualTo(Path.of("data"));
    assertThat(settings.colours()).isTrue();
    assertThat(settings.gateway()).isEqualTo(GatewaySettings.defaults());
    assertThat(settings.publisher()).isEqualTo(PublisherSettings.defaults());
    assertThat(settings.sinks()).isEmpty();
    assertThat(settings.streams())
        .isEqualTo(
            new StreamsSettings(
                1,
                false,
                2,
                Path.of("./data/streams"),
                0,
                Duration.ofMillis(200),
                Duration.ofMillis(50),
                Duration.ofHours(1),
                16_777_216,
                67_108_864,
                true,
                Map.of()));
  }

  @Test
  void aSinkNeedsNoMoreThanItsType() throws Exception {
    var sink = load(Map.of("SLUICE_SINKS_SCREEN_TYPE", "console")).sinks().get("screen");

    assertThat(sink.type()).isEqualTo("console");
    assertThat(sink.enabled()).isTrue();
    assertThat(sink.retry().attempts()).isEqualTo(25);
  }

  @Test
  void pipelinesHaveShortNamesForServerAndToken() throws Exception {
    SluiceSettings settings =
        load(Map.of("SLUICE_URL", "https://sluice.example", "SLUICE_TOKEN", "t0ken"));

    assertThat(settings.client().server()).hasToString("https://sluice.example");
    assertThat(settings.client().token().reveal()).isEqualTo("t0ken");
    assertThat(settings.toString()).doesNotContain("t0ken");
  }

  @Test
  void noColorWinsOverTheSetting() throws Exception {
    assertThat(load(Map.of("NO_COLOR", "1", "SLUICE_COLOURS", "true")).isColoured(true)).isFalse();
    assertThat(load(Map.of("NO_COLOR", "")).isColoured(true)).isTrue();
  }

  private static SluiceSettings load(Map<String, String> environment) throws SettingsException {
    return new SettingsLoader(environment, Path.of("/nonexistent")).load();
  }
}
