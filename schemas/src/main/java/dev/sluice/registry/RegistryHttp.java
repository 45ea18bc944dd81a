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
    Failure last = null;
    for (int round = 0; round <= config.retries(); round++) {
      if (round > 0) {
        sleep(wait, purpose);
        wait = min(wait.multipliedBy(2), config.retryMaxWait());
      }
      int start = preferred.get();
      for (int i = 0; i < config.urls().size(); i++) {
        int index = (start + i) % config.urls().size();
        Object outcome = attempt(config.urls().get(index), method, path, payload, purpose);
        if (outcome instanceof JsonNode answer) {
          preferred.set(index);
          return answer;
        }
        last = (Failure) outcome;
      }
    }
    throw new RegistryUnavailableException(
        "Cannot "
            + purpose
            + ": no answer from the schema registry at "
            + names(config.urls())
            + " after "
            + (config.retries() + 1)
            + " tries; the last said: "
            + last.text(),
        last.cause());
  }

  /** Why one URL gave no answer. */
  private record Failure(String text, Throwable cause) {}

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
      return new Failure(base + ": " + e.getClass().getSimpleName() + detail, e);
    } catch (InterruptedException e) {
      throw new InterruptException("Interrupted while trying to " + purpose, e);
    }
  }

  private Object judge(URI base, int status, byte[] bytes, String purpose) {
    if (bytes.length > MAX_ANSWER_BYTES) {
      throw refused(purpose, base, status, 0, "an answer of more than 8 MiB; is it a registry?");
    }
    JsonNode answer = parse(bytes);
    if (status >= 200 && status < 300) {
      if (answer.isMissingNode()) {
        throw refused(purpose, base, status, 0, "an answer that is not JSON; is it a registry?");
      }
      return answer;
    }
    if (status == 408 || status == 429 || status >= 500 && status != 501) {
      return new Failure(base + ": HTTP " + status, null);
    }
    int code = answer.path("error_code").asInt(0);
    String said =
        switch (status) {
          case 401 -> "not authenticated; check basic.auth.user.info";
          case 403 -> "not allowed for this user";
          default -> oneLine(answer.path("message").asText(""));
        };
    throw refused(purpose, base, status, code, said);
  }

  private static RegistryRefusedException refused(
      String purpose, URI base, int status, int code, String said) {
    return new RegistryRefusedException(
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

  private static String names(List<URI> urls) {
    return String.join(", ", urls.stream().map(URI::toString).toList());
  }
}
