package dev.sluice.sinks.alertmanager;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An Alertmanager of this machine's package on a free port of loopback, by itself. */
final class AlertmanagerServer implements AutoCloseable {
  private static final List<String> PROGRAMS =
      List.of("/usr/bin/prometheus-alertmanager", "/usr/local/bin/alertmanager");
  private static final String SETTINGS =
      """
      route: {receiver: nobody}
      receivers: [{name: nobody}]
      """;

  private final Path home;
  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private AlertmanagerServer(Path home, Process process, int port) {
    this.home = home;
    this.process = process;
    this.port = port;
  }

  /** Starts one; skips the test where there is none, or fails it if everything is required. */
  static AlertmanagerServer start() throws Exception {
    String program =
        PROGRAMS.stream().filter(path -> Files.isExecutable(Path.of(path))).findFirst().orElse("");
    if (program.isEmpty()) {
      String remedy =
          "no Alertmanager here; install it (Debian: apt install prometheus-alertmanager)";
      if ("true".equals(System.getenv("SLUICE_REQUIRE_ALL"))) {
        fail(remedy);
      }
      abort("Skipped: " + remedy);
    }
    Path home = Files.createTempDirectory("sluice-alertmanager");
    Path settings = Files.writeString(home.resolve("alertmanager.yml"), SETTINGS);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                program,
                "--config.file=" + settings,
                "--storage.path=" + home.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile())
            .start();
    AlertmanagerServer server = new AlertmanagerServer(home, process, port);
    server.waitUntilReady();
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Alerts that fire. */
  JsonNode firing() throws Exception {
    HttpResponse<byte[]> reply = get("/api/v2/alerts?active=true");
    if (reply.statusCode() != 200) {
      fail("HTTP " + reply.statusCode() + " of Alertmanager");
    }
    return new ObjectMapper().readTree(reply.body());
  }

  private void waitUntilReady() throws Exception {
    for (int i = 0; i < 300 && process.isAlive(); i++) {
      try {
        if (get("/-/ready").statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      Thread.sleep(200);
    }
    String log = Files.readString(home.resolve("log"));
    close();
    fail("Alertmanager did not start: " + log);
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(20)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
