package dev.sluice.sinks.pagerduty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Events API v2 as developer.pagerduty.com describes it (Send an Event to PagerDuty): what is
 * required, limits and answers, and incidents that open and close by their key.
 */
final class FakePagerDuty implements AutoCloseable {
  private static final Set<String> ACTIONS = Set.of("trigger", "acknowledge", "resolve");
  private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");

  private final String routingKey;
  private final HttpServer server;
  private final Map<String, Integer> open = new LinkedHashMap<>();
  private final List<String> opened = new ArrayList<>();
  private final List<JsonNode> events = new ArrayList<>();

  FakePagerDuty(String routingKey) throws IOException {
    this.routingKey = routingKey;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Incidents that are open, by key, with how often each was triggered. */
  synchronized Map<String, Integer> open() {
    return Map.copyOf(open);
  }

  /** Keys of incidents in the order in which they were opened. */
  synchronized List<String> opened() {
    return List.copyOf(opened);
  }

  /** The events that were taken. */
  synchronized List<JsonNode> events() {
    return List.copyOf(events);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String refusal = refusal(exchange, body);
    byte[] words =
        ("{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":[\""
                + refusal
                + "\"]}")
            .getBytes(StandardCharsets.UTF_8);
    if (refusal == null) {
      words = "{\"status\":\"success\"}".getBytes(StandardCharsets.UTF_8);
      take(new ObjectMapper().readTree(body));
    }
    exchange.sendResponseHeaders(refusal == null ? 202 : 400, words.length);
    exchange.getResponseBody().write(words);
    exchange.close();
  }

  private void take(JsonNode event) {
    events.add(event);
    String key = event.path("dedup_key").asText();
    switch (event.path("event_action").asText()) {
      case "trigger" -> {
        if (open.merge(key, 1, Integer::sum) == 1) {
          opened.add(key);
        }
      }
      case "resolve" -> open.remove(key);
      default -> {
        // An acknowledgement stops nothing but the escalation.
      }
    }
  }

  private String refusal(HttpExchange exchange, byte[] body) throws IOException {
    boolean rightPlace =
        exchange.getRequestMethod().equals("POST")
            && exchange.getRequestURI().getPath().equals("/v2/enqueue");
    if (!rightPlace || body.length > 512 * 1024) {
      return "wrong method, path or size";
    }
    JsonNode event = new ObjectMapper().readTree(body);
    JsonNode payload = event.path("payload");
    String action = event.path("event_action").asText();
    int keyLength = event.path("dedup_key").asText().length();
    if (!event.path("routing_key").asText().equals(routingKey)) {
      return "'routing_key' is invalid";
    }
    if (!ACTIONS.contains(action)) {
      return "'event_action' is invalid (must be one of the following: " + ACTIONS + ")";
    }
    if (keyLength > 255 || (keyLength == 0 && !action.equals("trigger"))) {
      return "'dedup_key' is missing or blank or longer than 255";
    }
    return action.equals("trigger") ? refusal(event, payload) : null;
  }

  private static String refusal(JsonNode event, JsonNode payload) {
    String summary = payload.path("summary").asText();
    if (summary.isBlank() || summary.length() > 1024) {
      return "'payload.summary' is missing or blank or longer than 1024";
    }
    if (payload.path("source").asText().isBlank()) {
      return "'payload.source' is missing or blank";
    }
    if (!SEVERITIES.contains(payload.path("severity").asText())) {
      return "'payload.severity' is invalid";
    }
    try {
      Instant.parse(payload.path("timestamp").asText());
    } catch (DateTimeParseException e) {
      return "'payload.timestamp' is invalid";
    }
    for (JsonNode link : event.path("links")) {
      if (!link.path("href").asText().startsWith("http")) {
        return "'links' is invalid";
      }
    }
    return null;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
