package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.producers.publish.PublisherSettings;
import dev.sluice.producers.token.Role;
import dev.sluice.producers.token.TokenSettings;
import dev.sluice.settings.Setting;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsDefaultsTest {
  @Test
  void gatewayDefaultsAreTheDocumentedOnes() throws Exception {
    assertDocumented(GatewaySettings.defaults());
  }

  @Test
  void publisherDefaultsAreTheDocumentedOnes() throws Exception {
    assertDocumented(PublisherSettings.defaults());
  }

  @Test
  void aTokenWithoutAssetsIsRefused() {
    assertThatThrownBy(() -> new TokenSettings("00".repeat(32), Role.PUBLISH, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("assets");
  }

  @Test
  void aTokensAssetsMayEndInASlashAndAStarAndHaveNoOther() {
    String hash = "00".repeat(32);

    assertThat(new TokenSettings(hash, null, List.of("github.com/acme/*")).assets())
        .containsExactly("github.com/acme");
    assertThatThrownBy(() -> new TokenSettings(hash, null, List.of("*/acme")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("*/acme");
  }

  @Test
  void aTokenInsteadOfItsHashIsRefusedAndNotShown() {
    assertThatThrownBy(() -> new TokenSettings("hunter2", Role.PUBLISH, List.of("*")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sha256sum")
        .hasMessageNotContaining("hunter2");
  }

  private static void assertDocumented(Record settings) throws Exception {
    List<String> keys = new ArrayList<>();
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      Setting setting = component.getAnnotation(Setting.class);
      assertThat(setting).as(component.getName()).isNotNull();
      assertThat(setting.doc()).as(component.getName()).endsWith(".");
      Object value = component.getAccessor().invoke(settings);
      assertThat(written(value)).as(component.getName()).isEqualTo(setting.value());
      keys.add(component.getName());
    }
    assertThat(keys).isNotEmpty();
  }

  private static String written(Object value) {
    if (value == null || value instanceof Map<?, ?> map && map.isEmpty()) {
      return "";
    }
    if (value instanceof Duration duration) {
      boolean minutes = duration.toSeconds() % 60 == 0 && duration.toMinutes() > 1;
      return minutes ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }
    return value.toString();
  }
}
