package dev.sluice.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.service.OneProcess;
import dev.sluice.app.service.Process;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** The whole of Sluice at work, put together as {@code sluice up} does, seen from outside. */
final class RunningSluice implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An hour ago, the same for every report of this JVM. */
  private static final Instant TODAY =
      Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);

  private static final Duration READY = Duration.ofMinutes(2);

  private final Process process = new Process(Installation.silent());
  private final HttpClient http = HttpClient.newHttpClient();
  private final OneProcess all;

  RunningSluice(Installation installation) throws InterruptedException {
    try {
      all = OneProcess.start(process, installation.settings(), Installation.silent());
      if (!all.awaitReady(READY)) {
        throw new AssertionError("the topology did not start within " + READY);
      }
    } catch (RuntimeException | AssertionError e) {
      process.services().close();
      throw e;
    }
  }

  /** A report of the test resources, with times of late: old findings would be due at once. */
  static byte[] report(String name) {
    try (var in = RunningSluice.class.getResourceAsStream("/reports/" + name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .replace("@yesterday@", TODAY.minus(Duration.ofDays(1)).toString())
          .replace("@today@", TODAY.toString())
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the gateway answers to a question. */
  JsonNode ask(String path) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(all.gateway().uri().resolve(path)).build(),
            BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** Whether the read model has applied all that is on the topics. */
  boolean isReadModelCaughtUp() {
    return all.database().orElseThrow().isCaughtUp();
  }

  HttpResponse<String> post(byte[] report) throws Exception {
    URI uri = all.gateway().uri().resolve("/v1/scans");
    return http.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(report))
            .build(),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /**
   * Posts a report and waits for the verdict. Verdicts are committed with or after everything that
   * their scan changed, so all of that is on the topics when this returns.
   */
  JsonNode publish(String report) throws Exception {
    HttpResponse<String> answer = post(report(report));
    if (answer.statusCode() != 202) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    String address = JSON.readTree(answer.body()).at("/scans/0/verdict").asText();
    URI verdict = URI.create(address + "?wait=60s");
    for (int attempt = 0; attempt < 3; attempt++) {
      HttpResponse<String> said =
          http.send(HttpRequest.newBuilder(verdict).build(), BodyHandlers.ofString());
      if (said.statusCode() == 200) {
        return JSON.readTree(said.body());
      }
    }
    throw new AssertionError("no verdict on " + report);
  }

  /** Drains everything and stops: what sinks had taken on is delivered afterwards. */
  @Override
  public void close() {
    process.services().close();
  }
}
