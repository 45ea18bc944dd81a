package dev.sluice.producers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.GateOverride;
import dev.sluice.events.Outcome;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.serde.TrustedEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A gateway on a free port, over a publisher that only notes what it is asked. */
abstract class GatewayFixture {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String TOKEN = "correct-horse-battery-staple";

  final HttpClient client = HttpClient.newHttpClient();
  final FakePublisher publisher = new FakePublisher();
  volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");
  volatile Optional<String> missing = Optional.empty();
  final List<GateOverride> kept = new CopyOnWriteArrayList<>();
  Recall recall;
  Gateway gateway;

  @BeforeAll
  static void trust() {
    TrustedEvents.install();
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  void start(Tweaks tweaks) {
    GatewaySettings settings = tweaks.settings();
    recall = Recall.of(settings, () -> now);
    gateway =
        Gateway.start(
            settings,
            new Access(settings, () -> now),
            publisher,
            new Redactor(new byte[32], "k1"),
            recall,
            kept::add,
            () -> missing,
            () -> {},
            new SimpleMeterRegistry());
  }

  static ScanVerdict verdict(String scanId, String attemptId, String asset) {
    return ScanVerdict.newBuilder()
        .setScanId(scanId)
        .setAttemptId(attemptId)
        .setAsset(asset)
        .setOutcome(Outcome.FAIL)
        .build();
  }

  static JsonNode assertProblem(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.get("type").asText()).isEqualTo(Problem.TYPE_PREFIX + code);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asText()).isNotBlank();
    return problem;
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> postAs(String token, String path, String body) throws Exception {
    return send(
        request(path)
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.uri() + path)).timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  Socket open(String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", gateway.port());
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return socket;
  }

  static String statusLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
