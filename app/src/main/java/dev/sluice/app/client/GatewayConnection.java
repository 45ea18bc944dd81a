package dev.sluice.app.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.client.Outlet.UnreachableException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Requests to a gateway, with the token, and what its answers say. */
final class GatewayConnection {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Below what proxies wait for an answer. */
  private static final Duration ASK = Duration.ofSeconds(25);

  private static final Duration ANSWER = Duration.ofSeconds(40);

  private final ClientSettings settings;
  private final HttpClient http;

  GatewayConnection(ClientSettings settings) {
    this.settings = settings;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout())
            .build();
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    if (!settings.token().isEmpty()) {
      request.header("Authorization", "Bearer " + settings.token().reveal());
    }
    return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /**
   * Asks until there is an answer or time is up; what passes by itself is waited out for a while.
   *
   * @param question the address to ask, for as long as the gateway is to hold the request
   * @return the answer, or the last one that says "not yet"
   * @throws UnreachableException if it can no longer be asked, or refuses
   */
  Optional<HttpResponse<String>> await(
      Patience patience, Duration wait, Function<Duration, URI> question)
      throws InterruptedException, UnreachableException {
    Patience.Turns deadline = patience.turns(wait);
    Patience.Turns trouble = patience.turns(settings.retryFor());
    HttpResponse<String> last = null;
    while (true) {
      Duration left = deadline.left().compareTo(ASK) < 0 ? deadline.left() : ASK;
      try {
        URI uri = question.apply(left.toMillis() < 1 ? Duration.ofMillis(1) : left);
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri).timeout(ANSWER).GET());
        int status = response.statusCode();
        if (status == 200) {
          return Optional.of(response);
        }
        if (status == 202) {
          last = response;
          trouble = patience.turns(settings.retryFor());
        } else if (status != 429 && status < 502 || !trouble.another(retryAfter(response))) {
          throw refused(response);
        }
      } catch (IOException e) {
        if (!trouble.another(Duration.ZERO)) {
          throw new UnreachableException(away(e), e);
        }
      }
      if (deadline.left().isZero()) {
        return Optional.ofNullable(last);
      }
    }
  }

  private static UnreachableException refused(HttpResponse<String> response) {
    int status = response.statusCode();
    return status == 401
        ? new UnreachableException(
            "the gateway wants a token: set SLUICE_TOKEN to one that it knows", true)
        : new UnreachableException(
            "the gateway says: " + detail(response), status == 400 || status == 403);
  }

  URI uri(String path) {
    String base = settings.server().toString().replaceFirst("/+$", "");
    return URI.create(base + path);
  }

  static String query(Map<String, Object> parameters) {
    return parameters.entrySet().stream()
        .filter(parameter -> parameter.getValue() != null)
        .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue().toString()))
        .collect(Collectors.joining("&", "?", ""));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(Duration.ZERO);
  }

  /** What an error answer says, as problem details (RFC 9457) or at least by its status. */
  static String detail(HttpResponse<String> response) {
    try {
      String detail = JSON.readTree(response.body()).path("detail").asText("");
      if (!detail.isEmpty()) {
        return detail;
      }
    } catch (JsonProcessingException e) {
      // Not ours: a proxy's page. Its status says enough.
    }
    return "HTTP " + response.statusCode();
  }

  String away(Exception e) {
    String what =
        e.getMessage() == null || e.getMessage().isBlank()
            ? e.getClass().getSimpleName()
            : e.getMessage();
    return settings.server() + " cannot be reached (" + what + "); is the gateway running?";
  }
}
