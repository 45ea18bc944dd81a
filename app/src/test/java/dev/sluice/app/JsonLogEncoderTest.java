package dev.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLogEncoderTest {
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void giveContexts() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  @Test
  void writesOneObjectALineWithItsValues() throws Exception {
    LoggingEvent event = event("The gateway\nlistens", null);
    event.addKeyValuePair(new KeyValuePair("port", 8480));
    event.addKeyValuePair(new KeyValuePair("host", "a\"b"));
    event.setMDCPropertyMap(Map.of("traceId", "0af7651916cd43dd8448eb211c80319c"));

    String line = new String(new JsonLogEncoder().encode(event), StandardCharsets.UTF_8);

    assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.path("message").asText()).isEqualTo("The gateway\nlistens");
    assertThat(json.path("level").asText()).isEqualTo("WARN");
    assertThat(json.path("logger").asText()).isEqualTo("dev.sluice.Test");
    assertThat(json.path("time").asText()).matches("\\d{4}-.*Z");
    assertThat(json.path("traceId").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(json.at("/data/port").isInt()).isTrue();
    assertThat(json.at("/data/host").asText()).isEqualTo("a\"b");
    assertThat(json.has("error")).isFalse();
  }

  @Test
  void namesTypeAndPlaceOfAFailureAndNotItsMessage() throws Exception {
    LoggingEvent event = event("It failed", new IllegalStateException("hunter2"));

    String line = new String(new JsonLogEncoder().encode(event), StandardCharsets.UTF_8);

    assertThat(line).contains("java.lang.IllegalStateException", "JsonLogEncoderTest");
    assertThat(line).doesNotContain("hunter2");
  }

  private LoggingEvent event(String message, Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent(
            "x", context.getLogger("dev.sluice.Test"), Level.WARN, message, thrown, null);
    return event;
  }
}
