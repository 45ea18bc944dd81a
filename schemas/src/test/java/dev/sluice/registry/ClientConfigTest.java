package dev.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class ClientConfigTest {
  private static Map<String, Object> with(String key, Object value) {
    Map<String, Object> configs = new HashMap<>(Map.of("schema.registry.url", "http://r:1"));
    configs.put(key, value);
    return configs;
  }

  @Test
  void hasTheseDefaults() {
    ClientConfig config = ClientConfig.of(Map.of("schema.registry.url", "http://r:1"));
    assertThat(config.urls()).containsExactly(URI.create("http://r:1"));
    assertThat(config.authorization()).isEmpty();
    assertThat(config.tls().context()).isEmpty();
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.retries()).isEqualTo(3);
    assertThat(config.retryWait()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.retryMaxWait()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.missingIdTtl()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void readsEveryKey() {
    ClientConfig config =
        ClientConfig.of(
            Map.of(
                "schema.registry.url", List.of("http://u:p@one:1/", "https://two/path/"),
                "http.connect.timeout.ms", "1",
                "http.read.timeout.ms", 2,
                "max.retries", "3",
                "retries.wait.ms", "4",
                "retries.max.wait.ms", "5",
                "missing.id.cache.ttl.sec", "6"));
    assertThat(config.urls())
        .containsExactly(URI.create("http://one:1"), URI.create("https://two/path"));
    assertThat(config.authorization().orElseThrow().reveal()).isEqualTo("Basic dTpw");
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofMillis(1));
    assertThat(config.requestTimeout()).isEqualTo(Duration.ofMillis(2));
    assertThat(config.retries()).isEqualTo(3);
    assertThat(config.retryWait()).isEqualTo(Duration.ofMillis(4));
    assertThat(config.retryMaxWait()).isEqualTo(Duration.ofMillis(5));
    assertThat(config.missingIdTtl()).isEqualTo(Duration.ofSeconds(6));
    assertThat(config.toString()).doesNotContain("dTpw").doesNotContain("u:p");
  }

  @Test
  void prefixedKeyWins() {
    Map<String, Object> configs = with("request.timeout.ms", "1");
    configs.put("schema.registry.request.timeout.ms", "2");
    assertThat(ClientConfig.of(configs).requestTimeout()).isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void readsPasswordsThatKafkaHasWrapped() {
    Map<String, Object> configs = with("basic.auth.credentials.source", "USER_INFO");
    configs.put("basic.auth.user.info", new Password("u:p"));
    assertThat(ClientConfig.of(configs).authorization().orElseThrow().reveal())
        .isEqualTo("Basic dTpw");
  }

  @Test
  void refusesWhatIsWrongAndNamesTheKey() {
    Map<String, Map<String, Object>> wrong = new HashMap<>();
    wrong.put("schema.registry.url", Map.of());
    wrong.put("http or https", with("schema.registry.url", "ftp://r"));
    wrong.put("not a URL", with("schema.registry.url", "http://u:s3cr3t@r r"));
    wrong.put("max.retries", with("max.retries", "-1"));
    wrong.put("retries.wait.ms", with("retries.wait.ms", "soon"));
    wrong.put("URL or USER_INFO", with("basic.auth.credentials.source", "SASL_INHERIT"));
    wrong.put("basic.auth.user.info", with("basic.auth.credentials.source", "USER_INFO"));
    wrong.put("STATIC_TOKEN", with("bearer.auth.credentials.source", "OAUTHBEARER"));
    wrong.put("must be https", with("schema.registry.ssl.endpoint.identification.algorithm", ""));
    wrong.forEach(
        (hint, configs) ->
            assertThatThrownBy(() -> ClientConfig.of(configs))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(hint)
                .message()
                .doesNotContain("s3cr3t"));
  }
}
