package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.broker.BrokerOptions;
import dev.sluice.embedded.broker.EmbeddedBroker;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.embedded.registry.EmbeddedRegistry;
import dev.sluice.embedded.registry.RegistryOptions;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.Outcome;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import dev.sluice.producers.publish.KafkaFixture;
import dev.sluice.producers.publish.Publisher;
import dev.sluice.producers.publish.PublisherSettings;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportFormat;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.settings.KafkaSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GatewayIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void takesAReportAndAnswersWithItsVerdict() throws Exception {
    OneMachine machine = SharedKafka.get();
    KafkaFixture kafka =
        new KafkaFixture(
            machine.bootstrapServers(), machine.registryUrl(), SharedKafka.unique("gw") + ".");
    kafka.createTopics();
    try (Publisher publisher = publisher(kafka, PublisherSettings.defaults());
        Gateway gateway = gateway(kafka, publisher)) {
      await().until(() -> get(gateway, "/readyz").statusCode() == 200);

      HttpResponse<String> published = post(gateway, "?asset=acme/pay:1.2&scan=s-1", "a\nb\nc\n");
      assertThat(published.statusCode()).as(published.body()).isEqualTo(202);
      ScanEvent last = kafka.events().get(4);
      assertThat(last.getCompleted().getCount()).isEqualTo(3);
      var answer =
          client.sendAsync(
              HttpRequest.newBuilder(URI.create(gateway.uri() + "/v1/scans/s-1/verdict?wait=30s"))
                  .build(),
              BodyHandlers.ofString());
      kafka.decide(
          ScanVerdict.newBuilder()
              .setScanId("s-1")
              .setAttemptId(last.getAttemptId())
              .setAsset("docker.io/acme/pay")
              .setOutcome(Outcome.PASS)
              .build());

      JsonNode verdict = JSON.readTree(answer.join().body());
      assertThat(verdict.get("outcome").asText()).isEqualTo("PASS");
    }
  }

  @Test
  void aNewGatewayKnowsVerdictsFromBeforeItsStart() throws Exception {
    OneMachine machine = SharedKafka.get();
    KafkaFixture kafka =
        new KafkaFixture(
            machine.bootstrapServers(), machine.registryUrl(), SharedKafka.unique("gw") + ".");
    kafka.createTopics();
    kafka.decide(ScanVerdict.newBuilder().setScanId("old").setAsset("docker.io/acme/pay").build());
    try (Publisher publisher = publisher(kafka, PublisherSettings.defaults());
        Gateway gateway = gateway(kafka, publisher)) {
      assertThat(get(gateway, "/v1/scans/old/verdict?wait=30s").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aBrokerThatGoesAwayMidwayLeavesNoCompleteScan(@TempDir Path data) throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.persistent(data));
    int port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
    EmbeddedRegistry registry =
        EmbeddedRegistry.start(RegistryOptions.on(broker.bootstrapServers()));
    KafkaFixture kafka = new KafkaFixture(broker.bootstrapServers(), registry.url(), "");
    try (Publisher publisher = publisher(kafka, hasty());
        Gateway gateway = gateway(kafka, publisher)) {
      kafka.createTopics();
      String head =
          "POST /v1/scans?asset=acme/pay&scan=s-1 HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Length: 1400000\r\n\r\n";
      // A smaller body is looked at as a whole first, to see whether it came before.
      String half = ("a".repeat(99) + "\n").repeat(7_000);
      try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
        socket.setSoTimeout(60_000);
        send(socket, head + half);
        await().until(() -> kafka.events().size() > 100);
        broker.close();
        send(socket, half);

        assertThat(line(socket)).contains("503");
      }

      broker = EmbeddedBroker.start(BrokerOptions.persistent(data).withPort(port));
      assertThat(kafka.events()).noneMatch(event -> event.getCompleted() != null);

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> post(gateway, "?asset=acme/pay&scan=s-1", "a\n").statusCode() == 202);
      List<ScanEvent> complete =
          kafka.events().stream().filter(event -> event.getCompleted() != null).toList();
      assertThat(complete).hasSize(1);
      assertThat(complete.get(0).getScanId()).isEqualTo("s-1");
    } finally {
      registry.close();
      broker.close();
    }
  }

  private static PublisherSettings hasty() {
    PublisherSettings d = PublisherSettings.defaults();
    return new PublisherSettings(
        null,
        null,
        "k1",
        d.bufferMemory(),
        d.windowBytes(),
        d.maxRecordBytes(),
        d.maxScans(),
        d.clockSkew(),
        Duration.ofSeconds(2),
        Duration.ofSeconds(3));
  }

  private static Publisher publisher(KafkaFixture kafka, PublisherSettings settings) {
    return Publisher.connect(
        kafka.settings(),
        kafka.serializer(),
        (report, format, checkoutRoot) -> new LineReader(),
        settings,
        Clock.systemUTC(),
        new Random(5));
  }

  private static Gateway gateway(KafkaFixture kafka, Publisher publisher) {
    GatewaySettings settings = new Tweaks().settings();
    KafkaSettings k = kafka.settings();
    return Gateway.start(
        settings,
        k,
        publisher,
        new Redactor(new byte[32], "k1"),
        kafka.serdes(),
        new SimpleMeterRegistry());
  }

  private HttpResponse<String> get(Gateway gateway, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(gateway.uri() + path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(Gateway gateway, String query, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(gateway.uri() + "/v1/scans" + query))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static String line(Socket socket) throws IOException {
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  /** One observation a line, so that a test decides when the next one comes. */
  private static final class LineReader implements ScanReader {
    @Override
    public ReportFormat format() {
      return new ReportFormat("lines", "Lines", List.of());
    }

    @Override
    public boolean recognises(ReportHead head) {
      return true;
    }

    @Override
    public void read(Report report, ReportHandler handler) throws IOException {
      Scanner scanner = Scanner.newBuilder().setName("lines").build();
      handler.scan(
          new ScanFacts(
              scanner, Scope.newBuilder().build(), null, null, null, null, null, null, false));
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(report.open(), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        handler.observation(
            Observation.newBuilder().setKind(FindingKind.CODE_WEAKNESS).setNativeId(line).build());
      }
    }
  }
}
