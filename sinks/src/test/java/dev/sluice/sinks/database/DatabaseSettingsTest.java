package dev.sluice.sinks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.settings.SecretValue;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseSettingsTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "none"})
  void noneIsNoDatabase(String url) {
    assertThat(settings(url).isSet()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/sluice?user=me&password=hush",
        "jdbc:h2:file:x;PASSWORD=hush",
        "jdbc:postgresql://me:hush@db/sluice"
      })
  void credentialsDoNotBelongIntoTheUrl(String url) {
    assertThatThrownBy(() -> settings(url))
        .hasMessageContaining("use user and password")
        .hasMessageNotContaining("hush");
  }

  @Test
  void otherDatabasesAreRefused() {
    assertThatThrownBy(() -> settings("jdbc:mysql://db/sluice"))
        .hasMessageContaining("jdbc:postgresql:");
  }

  @Test
  void embeddedDatabaseIsToldWhatItsUrlLeavesOpen() {
    assertThat(Database.url("jdbc:h2:file:/x;cache_size=9"))
        .startsWith("jdbc:h2:file:/x;cache_size=9;")
        .contains(";MODE=PostgreSQL")
        .doesNotContain("CACHE_SIZE=4096");
    assertThat(Database.url("jdbc:postgresql://db/sluice"))
        .isEqualTo("jdbc:postgresql://db/sluice");
  }

  @Test
  void aDatabaseThatIsAwaySaysSoWithoutThePassword() {
    DatabaseSettings away =
        new DatabaseSettings(
            "jdbc:h2:tcp://127.0.0.1:1/none",
            "me",
            SecretValue.of("hush"),
            "sluice",
            false,
            2,
            Duration.ofDays(1));
    assertThatThrownBy(() -> Database.open(away, dev.sluice.topics.Topics.Realm.COMMON))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("jdbc:h2:tcp://127.0.0.1:1/none cannot be opened")
        .hasMessageNotContaining("hush");
  }

  private static DatabaseSettings settings(String url) {
    return new DatabaseSettings(
        url, "", SecretValue.of(""), "sluice", false, 4, Duration.ofDays(400));
  }
}
