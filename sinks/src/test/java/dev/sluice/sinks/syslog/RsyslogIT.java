package dev.sluice.sinks.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.SinkEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real rsyslog makes of what it is sent over TCP and TLS. */
final class RsyslogIT {
  private static final String HOSTILE = "\"]\\ \u001b[31m\r\n<14>1 - x\u0000é";

  private static Identity identity;

  @BeforeAll
  static void makeAnIdentity(@TempDir Path dir) throws Exception {
    identity = Identity.make(dir);
  }

  @Test
  void takesEachMessageApartAsItWasMeant() throws Exception {
    try (Rsyslog rsyslog = Rsyslog.plain(identity)) {
      takes(rsyslog, "TCP");
    }
  }

  @Test
  void takesThemOverTls() throws Exception {
    try (Rsyslog rsyslog = Rsyslog.encrypted(identity)) {
      takes(rsyslog, "TLS");
    }
  }

  private static void takes(Rsyslog rsyslog, String transport) throws Exception {
    try (Sink sink = open(rsyslog.port(), transport)) {
      for (int i = 0; i < 20; i++) {
        ActionEvent event =
            Samples.event(
                Samples.item("item-" + i).setOwner(HOSTILE).setTitle(HOSTILE).build(),
                ActionEventType.OPENED);
        SinkContext context =
            new SinkContext(1, event.getId(), "m", Optional.empty(), Optional.empty(), false);
        assertThat(sink.deliver(event.getItem(), event, context).outcome()).isEqualTo("delivered");
      }
    }
    List<String> taken = rsyslog.stopAndRead();
    assertThat(taken).hasSize(20);
    for (int i = 0; i < 20; i++) {
      assertThat(taken.get(i))
          .startsWith("1|local0|crit|sluice-1|sluice|OPENED|[sluice@32473 event=\"item-" + i)
          .contains(" owner=\"\\\"\\]\\\\ \uFFFD[31m <14>1 - x\uFFFDé\" ")
          .contains("opened: \"]\\ \uFFFD[31m <14>1 - x\uFFFDé in registry.example.org/shop/web");
    }
  }

  private static Sink open(int port, String transport) throws Exception {
    return SyslogSink.open(
        Defaults.sink(
            "syslog",
            Map.of(
                "syslog.host", "127.0.0.1",
                "syslog.port", Integer.toString(port),
                "syslog.hostname", "sluice-1",
                "syslog.transport", transport,
                "syslog.allow-loopback", "true")),
        new SinkEnvironment("log", Clock.systemUTC(), System.out, false),
        identity.context().getSocketFactory());
  }
}
