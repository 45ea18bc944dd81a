package dev.sluice.sinks.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContract;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.syslog.FakeSyslog.Manner;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract over TCP; TLS and UDP in what differs. */
final class SyslogSinkTest extends SinkContract {
  private static SSLContext certificates;

  private FakeSyslog server;

  /** A certificate for 127.0.0.1, and who trusts it. */
  @BeforeAll
  static void makeACertificate(@TempDir Path dir) throws Exception {
    certificates = Identity.make(dir).context();
  }

  @BeforeEach
  void start() throws IOException {
    server = FakeSyslog.plain(Manner.GOOD);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Override
  protected SinkType type() {
    return SyslogSink.TYPE;
  }

  @Override
  protected Sink open() {
    return open(server.port(), Map.of("transport", "TCP"));
  }

  @Override
  protected String received() {
    assertThat(server.broken()).isEmpty();
    return String.join("\n", server.messages());
  }

  @Test
  void aMessageIsCountedInBytes() {
    ActionEvent event = event("item-ü");
    assertThat(deliver(event).outcome()).isEqualTo("delivered");
    assertThat(server.broken()).isEmpty();
    assertThat(server.messages()).hasSize(1);
    assertThat(server.messages().get(0))
        .startsWith("<130>1 2026-03-01T10:15:30Z sluice-1 sluice - OPENED [sluice@32473 event=")
        .contains("item=\"item-ü\"");
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT", "RESET", "DEAF"})
  void whatNobodyHasReadToTheEndIsTriedAgain(Manner manner) throws Exception {
    try (FakeSyslog other = FakeSyslog.plain(manner);
        Sink sink = open(other.port(), Map.of("transport", "TCP", "timeout", "1s"))) {
      assertThat(deliver(sink, event("item-1"))).isInstanceOf(Delivery.Retry.class);
    }
  }

  @Test
  void aReceiverThatIsNotThereIsTriedAgain() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (Sink sink = open(port, Map.of("transport", "TCP"))) {
      Delivery delivery = deliver(sink, event("item-1"));
      assertThat(delivery).isInstanceOf(Delivery.Retry.class);
      assertThat(delivery.toString()).contains("no answer from 127.0.0.1:" + port);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void deliversOverTls(String version) throws Exception {
    SSLContext context = certificates;
    try (FakeSyslog secure = FakeSyslog.encrypted(context, version);
        Sink sink = open(secure.port(), Map.of(), context.getSocketFactory())) {
      assertThat(deliver(sink, event("item-1")).toString()).contains("Delivered");
      assertThat(secure.messages()).hasSize(1);
      assertThat(secure.broken()).isEmpty();
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNotSentTo() throws Exception {
    try (FakeSyslog secure = FakeSyslog.encrypted(certificates, "TLSv1.3");
        Sink sink =
            open(secure.port(), Map.of(), (SSLSocketFactory) SSLSocketFactory.getDefault())) {
      assertThat(deliver(sink, event("item-1")).toString()).contains("SSLHandshakeException");
      assertThat(secure.messages()).isEmpty();
    }
  }

  @Test
  void aCertificateOfAnotherNameIsNotSentTo() throws Exception {
    try (FakeSyslog secure = FakeSyslog.encrypted(certificates, "TLSv1.3");
        Sink sink =
            open(secure.port(), Map.of("host", "localhost"), certificates.getSocketFactory())) {
      assertThat(deliver(sink, event("item-1")).toString()).contains("SSLHandshakeException");
      assertThat(secure.messages()).isEmpty();
    }
  }

  @Test
  void aDatagramIsOneMessageWithinItsLimit() throws Exception {
    try (DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Sink sink = open(udp.getLocalPort(), Map.of("transport", "UDP"))) {
      udp.setSoTimeout(20_000);
      ActionEvent event =
          Samples.event(
              Samples.item("item-1").setTitle("é".repeat(5_000)).build(), ActionEventType.OPENED);
      assertThat(deliver(sink, event).outcome()).isEqualTo("delivered");
      DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
      udp.receive(packet);
      assertThat(packet.getLength()).isBetween(400, 1_180);
      assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
          .startsWith("<130>1 ")
          .contains("item=\"item-1\"")
          .doesNotContain("\uFFFD");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TCP", "UDP"})
  void plainTextBeyondThisMachineHasToBeAllowed(String transport) {
    Map<String, String> keys = Map.of("transport", transport, "host", "syslog.example.org");
    assertThatThrownBy(() -> open(6514, keys))
        .hasMessage(
            "sinks.log.syslog.transport: %s would be sent in plain text; use TLS, or set allow-plain"
                .formatted(transport));
    Map<String, String> allowed = new HashMap<>(keys);
    allowed.put("allow-plain", "true");
    try (Sink sink = open(6514, allowed)) {
      assertThat(sink).isNotNull();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TCP", "UDP"})
  void thisMachineIsRefusedUnlessAllowed(String transport) throws Exception {
    Map<String, String> keys =
        Map.of("transport", transport, "allow-loopback", "false", "allow-plain", "true");
    try (Sink sink = open(server.port(), keys)) {
      assertThat(deliver(sink, event("item-1")).toString())
          .contains("127.0.0.1 is this machine itself; set allow-loopback if that is meant");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "http://log.example.org", "user@log"})
  void aHostThatIsNoneIsRefused(String host) {
    assertThatThrownBy(() -> open(1, Map.of("host", host)))
        .hasMessage("sinks.log.syslog.host: no name of a receiver");
  }

  private static ActionEvent event(String item) {
    return Samples.event(item, 1, 1, ActionEventType.OPENED);
  }

  private static Sink open(int port, Map<String, String> keys) {
    return open(port, keys, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  private static Sink open(int port, Map<String, String> keys, SSLSocketFactory trusted) {
    Map<String, String> all = new HashMap<>();
    all.put("syslog.host", "127.0.0.1");
    all.put("syslog.port", Integer.toString(port));
    all.put("syslog.hostname", "sluice-1");
    all.put("syslog.allow-loopback", "true");
    keys.forEach((key, value) -> all.put("syslog." + key, value));
    return SyslogSink.open(
        Defaults.sink("syslog", all),
        new SinkEnvironment("log", Clock.fixed(Samples.AT, ZoneOffset.UTC), System.out, false),
        trusted);
  }
}
