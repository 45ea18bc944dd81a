package dev.sluice.sinks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sinks.Defaults;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DestinationTest {
  @ParameterizedTest
  @CsvSource({
    "https://hooks.example.org/x,*.example.org",
    "https://hooks.example.org/x,hooks.example.org",
    "https://HOOKS.example.org/x,'other.example, hooks.example.org'",
  })
  void allowsWhatIsListed(String url, String allowed) {
    assertThat(destination(url, Map.of("allowed-hosts", allowed))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.org/x,*.example.org",
    "https://notexample.org/x,*.example.org",
    "https://example.org/x,*.example.org",
    "https://hooks.example.org.evil.org/x,hooks.example.org",
  })
  void refusesWhatIsNotListed(String url, String allowed) {
    assertThatThrownBy(() -> destination(url, Map.of("allowed-hosts", allowed)))
        .hasMessageStartingWith("sinks.hook.webhook.url: ")
        .hasMessageEndingWith("is not among allowed-hosts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.org/",
        "file:///etc/passwd",
        "hooks.example.org",
        "/path",
        "mailto:a@b.c",
        "https://user:s3cr3t@example.org/",
        "http://example.org/"
      })
  void refusesWhatIsNoPlaceToSendTo(String url) {
    assertThatThrownBy(() -> destination(url, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sinks.hook.webhook.url: ")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void plainHttpNeedsASettingOrThisMachine() {
    assertThat(destination("http://example.org/", Map.of("allow-plain-http", "true"))).isNotNull();
    assertThat(destination("http://127.0.0.1:1/", Map.of("allow-loopback", "true"))).isNotNull();
    assertThatThrownBy(() -> destination("http://127.0.0.1:1/", Map.of()))
        .hasMessageContaining("plain text");
  }

  @Test
  void printsWithoutPathAndQuery() {
    assertThat(destination("https://hooks.example.org:8443/services/s3cr3t?token=t", Map.of()))
        .hasToString("hooks.example.org:8443");
  }

  @Test
  void followsOnlyOnTheSameOrigin() {
    Destination origin = destination("https://hooks.example.org/a", Map.of());
    assertThat(origin.mayFollow(URI.create("https://hooks.example.org/b"))).isTrue();
    assertThat(origin.mayFollow(URI.create("http://hooks.example.org/b"))).isFalse();
    assertThat(origin.mayFollow(URI.create("https://hooks.example.org:444/b"))).isFalse();
    assertThat(origin.mayFollow(URI.create("https://u@hooks.example.org/b"))).isFalse();
    assertThat(origin.mayFollow(URI.create("https://evil.org/b"))).isFalse();
  }

  private static Destination destination(String url, Map<String, String> settings) {
    return Destination.of(
        "sinks.hook.webhook.url", URI.create(url), Defaults.of(HttpSettings.class, settings));
  }
}
