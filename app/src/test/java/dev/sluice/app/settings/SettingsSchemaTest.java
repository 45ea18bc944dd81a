package dev.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.text.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsSchemaTest {
  @Test
  void fileSaysWhatTheRecordsSay() throws IOException {
    Path file = Path.of(System.getProperty("sluice.root"), "docs", "settings.schema.json");
    String fresh = printed();
    if (Boolean.getBoolean("sluice.update")) {
      Files.writeString(file, fresh);
    }

    assertThat(file).hasContent(fresh);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void knowsEveryKeyWithItsMeaning(String key) throws IOException {
    JsonNode node = new ObjectMapper().readTree(printed());
    for (String part : key.split("\\.")) {
      JsonNode named = node.path("properties").path(part);
      node = named.isMissingNode() ? node.path("additionalProperties") : named;
    }

    assertThat(node.isObject()).isTrue();
    boolean text = node.path("$ref").asText().equals("#/$defs/texts");
    assertThat(text || !node.path("description").asText().isBlank()).isTrue();
  }

  static Stream<String> keys() {
    return SettingKeys.of(SettingNode.of(SluiceSettings.class)).keySet().stream();
  }

  @Test
  void refusesKeysThatNobodyKnows() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(printed());

    assertThat(schema.path("additionalProperties").isBoolean()).isTrue();
    assertThat(schema.at("/properties/gateway/additionalProperties").asBoolean(true)).isFalse();
    assertThat(schema.at("/properties/gateway/properties/port/default").asInt()).isEqualTo(8480);
  }

  private static String printed() {
    var out = new ByteArrayOutputStream();
    Json.print(new PrintStream(out, true, StandardCharsets.UTF_8), SettingsSchema.document());
    return out.toString(StandardCharsets.UTF_8);
  }
}
