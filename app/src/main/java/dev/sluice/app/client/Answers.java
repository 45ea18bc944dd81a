package dev.sluice.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
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
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks a gateway for lists and explanations. */
public final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ClientSettings settings;
  private final Patience patience;
  private final HttpClient http;

  public Answers(ClientSettings settings, Patience patience) {
    this.settings = settings;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout())
            .build();
  }

  /**
   * Asks, and asks again for a while if the gateway says that it cannot answer yet.
   *
   * @param path as it is behind the server's address, with parts that people wrote encoded
   * @param parameters null values are left out
   * @return empty if the gateway knows nothing of that name
   * @throws CommandFailure if it cannot be reached or refuses
   */
  public Optional<JsonNode> ask(String path, Map<String, String> parameters)
      throws InterruptedException {
    Patience.Turns turns = patience.turns(settings.retryFor());
    while (true) {
      HttpResponse<String> response = get(uri(path, parameters));
      int status = response.statusCode();
      if (status == 200) {
        return Optional.of(parse(response.body()));
      }
      JsonNode problem = problem(response.body());
      if (status == 404 && problem.path("type").asText().endsWith(":unknown-id")) {
        return Optional.empty();
      }
      boolean passing = status == 429 || status >= 502 && status <= 504;
      if (!passing || !turns.another(Duration.ofMillis(500))) {
        String detail = problem.path("detail").asText("HTTP " + status);
        throw new CommandFailure(
            status == 400 ? ExitCode.USAGE : ExitCode.UNREACHABLE, "the gateway says: " + detail);
      }
    }
  }

  /** Text as a part of a path. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpResponse<String> get(URI uri) throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE).GET();
    if (!settings.token().isEmpty()) {
      request.header("Authorization", "Bearer " + settings.token().reveal());
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          settings.server()
              + " cannot be reached ("
              + what
              + "); is the gateway running? --server names another",
          e);
    }
  }

  private URI uri(String path, Map<String, String> parameters) {
    String query =
        new TreeMap<>(parameters)
            .entrySet().stream()
                .filter(each -> each.getValue() != null)
                .map(each -> each.getKey() + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
    String base = settings.server().toString().replaceFirst("/+$", "");
    return URI.create(base + path + (query.isEmpty() ? "" : "?" + query));
  }

  private JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE, settings.server() + " does not answer like a Sluice gateway", e);
    }
  }

  private static JsonNode problem(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.createObjectNode(); // not ours: a proxy's page; its status says enough
    }
  }
}
