package dev.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.feed.FeedSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedSettingsTest extends SettingsContract<FeedSettings> {
  @Override
  FeedSettings defaults() {
    return new FeedSettings("", "", true, Duration.ofHours(24));
  }

  @Override
  Map<String, String> everyKey() {
    return Map.of(
        "url", "https://feed.example/kev.json",
        "format", "kev-json",
        "enabled", "false",
        "every", "6h");
  }

  @Override
  FeedSettings everyValue() {
    return new FeedSettings(
        "https://feed.example/kev.json", "kev-json", false, Duration.ofHours(6));
  }

  @Test
  void onlyWellKnownFeedsKnowTheirAddress() {
    assertThat(defaults().address("cisa-kev").getHost()).isEqualTo("www.cisa.gov");
    assertThatThrownBy(() -> defaults().address("ours"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("feeds.ours.url");
  }

  @Test
  void refusesWhatCannotBeFetched() {
    assertThatThrownBy(() -> new FeedSettings("file:///etc/passwd", "", true, Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://");
    assertThatThrownBy(() -> new FeedSettings("", "", true, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1m to 31d");
  }
}
