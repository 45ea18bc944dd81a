package dev.sluice.serde;

import static org.assertj.core.api.Assertions.fail;

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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A Schema Registry that is not ours, in a process of its own on a free port of loopback. */
final class ApicurioServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private ApicurioServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it; skips the test where the server was not fetched, or fails where it must not be. */
  static ApicurioServer start() throws IOException {
    Path folder = Path.of(System.getProperty("sluice.apicurio", "target/apicurio"));
    Path jar = runner(folder);
    if (jar == null) {
      String message =
          "the Apicurio registry is not in "
              + folder
              + ": run mvn -Pinterop -pl schemas verify, which fetches it";
      if ("true".equals(System.getenv("SLUICE_REQUIRE_ALL"))) {
        fail(message);
      }
      Assumptions.abort(message);
    }
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path log = folder.resolveSibling("apicurio.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                jar.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ApicurioServer server = new ApicurioServer(process, port);
    try {
      Awaitility.await("the Apicurio registry, see " + log)
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> !process.isAlive() || server.answers());
      if (!process.isAlive()) {
        fail("the Apicurio registry ended with " + process.exitValue() + ", see " + log);
      }
      return server;
    } catch (Throwable e) {
      server.close();
      throw e;
    }
  }

  private static Path runner(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return null;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElse(null);
    }
  }

  private boolean answers() throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(confluentUrl() + "/subjects")).build();
    try {
      return HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Base URL of the API that Confluent's clients speak. */
  String confluentUrl() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  /** Base URL of Apicurio's own API. */
  String url() {
    return "http://127.0.0.1:" + port + "/apis/registry/v3";
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
