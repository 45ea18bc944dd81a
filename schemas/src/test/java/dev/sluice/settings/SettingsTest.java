package dev.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void printNoCredential() {
    var registry =
        new RegistrySettings(
            "http://u:s3cr3t@one:1,https://u:s3cr3t@two:2",
            Map.of("basic.auth.user.info", "u:s3cr3t"));
    assertThat(registry.toString())
        .contains("one:1", "two:2", "basic.auth.user.info")
        .doesNotContain("s3cr3t");
    var kafka = new KafkaSettings("b:1", "", 1, 1, Map.of("sasl.jaas.config", "s3cr3t"));
    assertThat(kafka.toString()).contains("b:1", "sasl.jaas.config").doesNotContain("s3cr3t");
    assertThat(SecretValue.of("s3cr3t")).hasToString("***");
  }
}
