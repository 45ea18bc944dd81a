package dev.sluice.sinks.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContract;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkType;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConsoleSinkTest extends SinkContract {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  protected SinkType type() {
    return ConsoleSink.TYPE;
  }

  @Override
  protected Sink open() {
    return open(Map.of(), false, bytes);
  }

  @Override
  protected String received() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysWhatToDoWhyAndByWhen() {
    deliver(Samples.event("item-1", 1, 1, ActionEventType.OPENED));
    assertThat(received())
        .isEqualTo(
            """
            2026-03-01 10:15Z  opened   critical  registry.example.org/shop/web  \
            Upgrade openssl to 3.0.15-1~deb12u1  exploited
                do      Upgrade openssl; this fixes 2 findings on 2 release lines.
                line    5.x (supported): 3.0.11-1~deb12u2, all fixed in 3.0.15-1~deb12u1
                line    4.x (supported): 3.0.11-1~deb12u2, no fix yet
                why     CVE-2024-5535 is known to be exploited.
                due     2026-03-15 (exploited: 14 days)
                owner   team-web
                seen by grype, trivy
                item    item-1
            """);
  }

  @Test
  void saysWhatChangedInOneLine() {
    deliver(Samples.event("item-1", 1, 2, ActionEventType.CHANGED));
    assertThat(received()).contains("(severity: high → critical)").matches("[^\\n]*\\n");
  }

  @Test
  void coloursOnlyATerminal() {
    try (Sink plain = open(Map.of(), false, bytes)) {
      deliver(plain, Samples.event("item-1", 1, 1, ActionEventType.OPENED));
    }
    assertThat(received()).doesNotContain("\u001b");
    try (Sink coloured = open(Map.of(), true, bytes)) {
      deliver(coloured, Samples.event("item-1", 1, 1, ActionEventType.OPENED));
    }
    assertThat(received()).contains("\u001b[1;31mcritical");
  }

  @Test
  void neverColoursWhenToldNotTo() {
    try (Sink plain = open(Map.of("console.colours", "NEVER"), true, bytes)) {
      deliver(plain, Samples.event("item-1", 1, 1, ActionEventType.OPENED));
    }
    assertThat(received()).doesNotContain("\u001b");
  }

  @Test
  void neutralisesEscapesAndReorderingFromScanners() {
    ActionItem hostile =
        Samples.item("i")
            .setTitle("a\u001b[2Jb\u009b31mc\rd\ne\u202ef\u0007")
            .setSummary("x\u001b]0;title\u0007y")
            .build();
    deliver(Samples.event(hostile, ActionEventType.OPENED));
    assertThat(received()).contains("a\ufffd[2Jb\ufffd31mc d e\ufffdf\ufffd");
    assertThat(received()).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202e]");
  }

  @Test
  void aConsoleThatCannotBeWrittenToIsTriedAgain() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws java.io.IOException {
            throw new java.io.IOException("closed");
          }
        };
    try (Sink sink = open(Map.of(), false, broken)) {
      assertThat(deliver(sink, Samples.event("i", 1, 1, ActionEventType.OPENED)).outcome())
          .isEqualTo("retry");
    }
  }

  private static Sink open(Map<String, String> settings, boolean colours, OutputStream to) {
    PrintStream out = new PrintStream(to, true, StandardCharsets.UTF_8);
    return ConsoleSink.TYPE
        .factory()
        .open(
            Defaults.sink("console", settings),
            new SinkEnvironment("screen", Clock.systemUTC(), out, colours));
  }
}
