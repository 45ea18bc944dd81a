package dev.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.settings.EffectiveSettings.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveSettingsTest {
  @TempDir private Path directory;

  @Test
  void namesTheSourceOfEachValue() throws Exception {
    Path file = directory.resolve("sluice.yaml");
    Files.writeString(
        file, "gateway:\n  port: 9000\n  host: 127.0.0.1\nsinks:\n  a: {type: console}\n");
    SettingsLoader loader =
        new SettingsLoader(Map.of("SLUICE_GATEWAY_HOST", "::1"), directory)
            .preset("data-dir", "elsewhere")
            .flag("kafka.prefix", "acme.", "--set kafka.prefix");

    EffectiveSettings settings = loader.explain();

    assertThat(settings.file()).isEqualTo(file);
    assertThat(settings.values())
        .contains(
            new Value("gateway.port", "9000", file + ", line 2"),
            new Value("gateway.host", "::1", "environment variable SLUICE_GATEWAY_HOST"),
            new Value("kafka.prefix", "acme.", "--set kafka.prefix"),
            new Value("sinks.a.type", "console", file + ", line 5"),
            new Value("data-dir", "elsewhere", "default of this mode"),
            new Value("kafka.partitions", "12", "default"));
  }

  @Test
  void showsNoCredential() throws Exception {
    SettingsLoader loader =
        new SettingsLoader(Map.of("SLUICE_TOKEN", "hunter-a"), directory)
            .flag("kafka.properties.sasl.jaas.config", "hunter-b", "flag")
            .flag("registry.properties.basic.auth.user.info", "me:hunter-c", "flag")
            .flag("kafka.properties.security.protocol", "SASL_SSL", "flag")
            .flag("registry.url", "https://me:hunter-d@registry.example", "flag")
            .flag("gateway.public-url", "https://h.example/?a=b&password=hunter-e", "flag")
            .flag("gateway.webhooks.gh.secret", "hunter-f", "flag")
            .flag("gateway.webhooks.gh.assets", "*", "flag");

    EffectiveSettings settings = loader.explain();

    assertThat(settings.values().toString())
        .doesNotContain("hunter")
        .contains("SASL_SSL", "https://***@registry.example", "password=***");
    assertThat(settings.values())
        .contains(
            new Value("gateway.webhooks.gh.secret", "***", "flag"),
            new Value("client.token", "***", "environment variable SLUICE_TOKEN"));
  }
}
