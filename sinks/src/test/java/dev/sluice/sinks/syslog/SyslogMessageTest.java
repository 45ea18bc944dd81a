package dev.sluice.sinks.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Severity;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Golden;
import dev.sluice.sinks.Samples;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SyslogMessageTest {
  /** The grammar of RFC 5424, 6, for messages with one SD-ELEMENT and UTF-8. */
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "<(\\d{1,3})>1 (?:-|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?Z)"
              + " [!-~]{1,255} [!-~]{1,48} - [!-~]{1,32}"
              + " \\[[!-~&&[^=\\]\"]]{1,32}"
              + "(?: [!-~&&[^=\\]\"]]{1,32}=\"(?:[^\"\\\\\\]]|\\\\[\"\\\\\\]])*\")*\\]"
              + " \uFEFF(.*)");

  @Test
  void messagesAreAsDocumented() throws Exception {
    StringBuilder text = new StringBuilder();
    for (ActionEventType type : ActionEventType.values()) {
      text.append(message(settings(Map.of()), Samples.event("item-1", 1, 1, type))).append('\n');
    }
    Golden.check("syslog.txt", text.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {480, 1_180, 8_192})
  void hostileTextKeepsTheGrammarAndTheLimit(int limit) {
    String hostile = "\"]\\ \u001b[31m\r\n<14>1 - x\u0000\u202e\ud800é😀".repeat(400);
    ActionItem item =
        Samples.item("item-1")
            .setTitle(hostile)
            .setSummary(hostile)
            .setReason(hostile)
            .setAsset(hostile)
            .setOwner(hostile)
            .setRule(hostile)
            .setPackage$(hostile)
            .setPlace(hostile)
            .build();
    for (int less = 0; less < 4; less++) {
      SyslogSettings settings =
          settings(Map.of("max-bytes", Integer.toString(Math.max(480, limit - less))));
      String message = message(settings, Samples.event(item, ActionEventType.OPENED));
      assertThat(message.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(limit);
      assertThat(message).doesNotContain("\n").doesNotContain("\u001b").contains("item=\"item-1\"");
      Matcher matcher = GRAMMAR.matcher(message);
      assertThat(matcher.matches()).as(message).isTrue();
      assertThat(matcher.group(2).length()).isGreaterThan(20);
    }
  }

  @Test
  void aTimeHasSixDigitsAfterTheSecondAtMost() {
    ActionEvent event = Samples.event("item-1", 1, 1, ActionEventType.OPENED);
    event.setAt(Samples.AT.plusNanos(123_456_789));
    String message = message(settings(Map.of()), event);
    assertThat(message).contains(" 2026-03-01T10:15:30.123456Z ");
    assertThat(GRAMMAR.matcher(message).matches()).isTrue();
    event.setAt(null);
    assertThat(message(settings(Map.of()), event)).startsWith("<130>1 - ");
  }

  @Test
  void quotesBackslashesAndBracketsAreEscapedAndNothingElse() {
    ActionItem item = Samples.item("item-1").setOwner("a\"b\\c]d=e[f'g").build();
    assertThat(message(settings(Map.of()), Samples.event(item, ActionEventType.OPENED)))
        .contains(" owner=\"a\\\"b\\\\c\\]d=e[f'g\"");
  }

  @ParameterizedTest
  @CsvSource({
    "CRITICAL, OPENED, 2",
    "HIGH, CHANGED, 3",
    "MEDIUM, DUE_SOON, 4",
    "UNKNOWN, OPENED, 4",
    "LOW, OPENED, 5",
    "NEGLIGIBLE, OPENED, 6",
    "NONE, OPENED, 6",
    "MEDIUM, EXPLOITED, 1",
    "CRITICAL, RESOLVED, 5",
    "NONE, WITHDRAWN, 6"
  })
  void priorityIsFacilityAndSeverity(Severity severity, ActionEventType type, int code) {
    ActionEvent event = Samples.event("item-1", 1, 1, type);
    event.getItem().setSeverity(severity);
    assertThat(message(settings(Map.of()), event)).startsWith("<" + (16 * 8 + code) + ">1 ");
    assertThat(message(settings(Map.of("facility", "AUTHPRIV")), event))
        .startsWith("<" + (10 * 8 + code) + ">1 ");
  }

  @Test
  void defaultsAreAsDocumented() {
    SyslogSettings settings = Defaults.sink("syslog", Map.of()).syslog();
    assertThat(settings.transport()).isEqualTo(SyslogSettings.Transport.TLS);
    assertThat(settings.portOrUsual()).isEqualTo(6514);
    assertThat(settings.longest()).isEqualTo(8_192);
    assertThat(settings.facility()).isEqualTo(SyslogSettings.Facility.LOCAL0);
    assertThat(settings.appName()).isEqualTo("sluice");
    assertThat(settings.sdId()).isEqualTo("sluice@32473");
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(8));
    assertThat(settings.allowPlain()).isFalse();
    SyslogSettings udp = settings(Map.of("transport", "UDP"));
    assertThat(udp.portOrUsual()).isEqualTo(514);
    assertThat(udp.longest()).isEqualTo(1_180);
    assertThat(settings(Map.of("transport", "TCP")).portOrUsual()).isEqualTo(601);
  }

  @Test
  void everyKeyIsTaken() {
    Map<String, String> keys = new HashMap<>();
    keys.put("host", "log.example.org");
    keys.put("port", "1514");
    keys.put("transport", "TCP");
    keys.put("facility", "AUTHPRIV");
    keys.put("app-name", "gate");
    keys.put("hostname", "here");
    keys.put("sd-id", "gate@99999");
    keys.put("max-bytes", "2048");
    keys.put("connect-timeout", "1s");
    keys.put("timeout", "2s");
    keys.put("allow-private", "true");
    keys.put("allow-loopback", "true");
    keys.put("allow-plain", "true");
    assertThat(settings(keys))
        .isEqualTo(
            new SyslogSettings(
                "log.example.org",
                1514,
                SyslogSettings.Transport.TCP,
                SyslogSettings.Facility.AUTHPRIV,
                "gate",
                "here",
                "gate@99999",
                2048,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                true,
                true,
                true));
  }

  @ParameterizedTest
  @CsvSource({
    "port, 65536, port must be 0 to 65535",
    "app-name, two words, app-name must be 1 to 48 printable ASCII characters",
    "sd-id, sluice, sd-id must be a name",
    "sd-id, a]b@1, sd-id must be a name",
    "max-bytes, 479, max-bytes must be 0 or 480 to 65000",
    "timeout, 10s, timeout must be more than 0 and at most 9s",
    "connect-timeout, 0s, connect-timeout must be more than 0",
  })
  void whatCannotWorkIsRefusedByName(String key, String value, String message) {
    assertThatThrownBy(() -> settings(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static SyslogSettings settings(Map<String, String> keys) {
    Map<String, String> all = new HashMap<>();
    keys.forEach((key, value) -> all.put("syslog." + key, value));
    return Defaults.sink("syslog", all).syslog();
  }

  private static String message(SyslogSettings settings, ActionEvent event) {
    byte[] bytes = SyslogMessage.of(settings, "sluice-1.example.org", event.getItem(), event);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("a message is UTF-8", e);
    }
  }
}
