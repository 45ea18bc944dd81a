package dev.sluice.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Sends one request until some URL answers it: every URL in turn, starting with the one that
 * answered last, and then again after a wait. Registering is idempotent, so each request may be
 * repeated.
 */
final class RegistryHttp {
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  /** No schema comes near it; a wrong server's endless answer must not fill the heap. */
  private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

  /** Waits. A test counts instead. */
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  private final ClientConfig config;
  private final HttpClient http;
  private final Pause pause;
  private final ObjectMapper json = new ObjectMapper();
  private final AtomicInteger preferred = new AtomicInteger();

  RegistryHttp(ClientConfig config, Pause pause) {
    this.config = config;
    this.pause = pause;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.connectTimeout())
            // A redirect would carry our credentials to a host that nobody named.
            .followRedirects(HttpClient.Redirect.NEVER);
    config.tls().context().ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  JsonNode get(String path, String purpose) {
    return send("GET", path, null, purpose);
  }

  JsonNode send(String method, String path, JsonNode body, String purpose) {
    String payload = body == null ? null : body.toString();
    Duration wait = config.retryWait();
    List<Failure> failures = List.of();
    int tries = 0;
    while (tries <= config.retries() && (tries == 0 || worthAnotherRound(failures))) {
      if (tries++ > 0) {
        sleep(wait, purpose);
        wait = min(wait.multipliedBy(2), config.retryMaxWait());
      }
      failures = new ArrayList<>();
      int start = preferred.get();
      for (int i = 0; i < config.urls().size(); i++) {
        int index = (start + i) % config.urls().size();
        Object outcome = attempt(config.urls().get(index), method, path, payload, purpose);
        if (outcome instanceof JsonNode answer) {
          preferred.set(index);
          return answer;
        }
        failures.add((Failure) outcome);
      }
    }
    throw new RegistryUnavailableException(
        "Cannot "
            + purpose
            + ": no usable answer from the schema registry after "
            + tries
            + (tries == 1 ? " try: " : " tries: ")
            + String.join("; ", failures.stream().map(Failure::text).toList()),
        failures.get(failures.size() - 1).cause());
  }

  /**
   * Why one URL gave no answer.
   *
   * @param lasting whether the same request would fail again a moment later
   */
  private record Failure(String text, boolean lasting, Throwable cause) {}

  private static boolean worthAnotherRound(List<Failure> failures) {
    return failures.stream().anyMatch(failure -> !failure.lasting());
  }

  /** The answer, or a {@link Failure} that is worth another try. */
  private Object attempt(URI base, String method, String path, String payload, String purpose) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(config.requestTimeout())
            .header("Accept", MEDIA_TYPE + ", application/json")
            .method(
                method,
                payload == null ? BodyPublishers.noBody() : BodyPublishers.ofString(payload));
    if (payload != null) {
      request.header("Content-Type", MEDIA_TYPE);
    }
    config.authorization().ifPresent(value -> request.header("Authorization", value.reveal()));
    try {
      HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
      byte[] bytes;
      try (InputStream in = response.body()) {
        bytes = in.readNBytes(MAX_ANSWER_BYTES + 1);
      }
      return judge(base, response.statusCode(), bytes, purpose);
    } catch (IOException e) {
      String detail = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
      return new Failure(base + ": " + e.getClass().getSimpleName() + detail, false, e);
    } catch (InterruptedException e) {
      throw new InterruptException("Interrupted while trying to " + purpose, e);
    }
  }

  private Object judge(URI base, int status, byte[] bytes, String purpose) {
    if (bytes.length > MAX_ANSWER_BYTES) {
      return lasting(base, "an answer of more than 8 MiB; is it a registry?");
    }
    JsonNode answer = parse(bytes);
    if (status >= 200 && status < 300) {
      return answer.isMissingNode()
          ? lasting(base, "an answer that is not JSON; is it a registry?")
          : answer;
    }
    // These say nothing of the schema that was asked for, so they must not count against a record.
    if (status == 401) {
      return lasting(base, "HTTP 401: not authenticated; check basic.auth.user.info");
    }
    if (status == 403) {
      return lasting(base, "HTTP 403: not allowed for this user");
    }
    if (status < 400) {
      return lasting(
          base, "HTTP " + status + ", and redirects are not followed; is it a registry?");
    }
    if (status == 408 || status == 429 || status >= 500) {
      return new Failure(base + ": HTTP " + status, status == 501, null);
    }
    int code = answer.path("error_code").asInt(0);
    String said = oneLine(answer.path("message").asText(""));
    throw new RegistryRefusedException(
        "Cannot "
            + purpose
            + ": the schema registry at "
            + base
            + " answered HTTP "
            + status
            + (code == 0 ? "" : " (code " + code + ")")
            + (said.isEmpty() ? "" : ": " + said),
        status,
        code);
  }

  private static Failure lasting(URI base, String text) {
    return new Failure(base + ": " + text, true, null);
  }

  private JsonNode parse(byte[] bytes) {
    try {
      JsonNode node = json.readTree(bytes);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private void sleep(Duration wait, String purpose) {
    try {
      pause.sleep(wait);
    } catch (InterruptedException e) {
      throw new InterruptException("Interrupted while trying to " + purpose, e);
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > 500 ? line.substring(0, 500) + "…" : line;
  }
}
