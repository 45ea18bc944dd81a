package dev.sluice.embedded.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP and JSON around {@link Routes}. */
final class HttpApi implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String V1 = "application/vnd.schemaregistry.v1+json";

  /** A schema must fit into one record of the topic, JSON escapes at most double it. */
  private static final int MAX_BODY = 4 << 20;

  private static final long MAX_DISCARDED = 64L << 20;

  private static final Set<String> BODY_TYPES =
      Set.of(
          V1,
          "application/vnd.schemaregistry+json",
          "application/json",
          "application/octet-stream");
  private static final Set<String> LOOPBACK_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

  private final Routes routes;

  HttpApi(Routes routes) {
    this.routes = routes;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      JsonNode answer;
      try {
        answer = answer(exchange);
      } catch (Refusal e) {
        status = e.status();
        answer = error(e.code(), e.getMessage());
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("The registry could not answer");
        status = 500;
        answer = error(50001, "Internal error of the registry; its log says more");
      }
      send(exchange, status, answer);
    }
  }

  private JsonNode answer(HttpExchange exchange) throws IOException {
    requireLoopbackName(exchange);
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      discard(exchange.getRequestBody());
      throw Refusal.of(413, "The request is larger than " + MAX_BODY + " bytes");
    }
    List<String> path = new ArrayList<>();
    for (String segment : exchange.getRequestURI().getRawPath().split("/")) {
      if (!segment.isEmpty()) {
        path.add(decode(segment.replace("+", "%2B")));
      }
    }
    Routes.Match match = routes.find(exchange.getRequestMethod(), path);
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    return match.answer().apply(new Request(match.open(), query, body(exchange, body)));
  }

  /** A client that is still sending would see the connection break instead of the answer. */
  private static void discard(InputStream rest) throws IOException {
    byte[] buffer = new byte[64 << 10];
    long left = MAX_DISCARDED;
    int read = 0;
    while (read >= 0 && left > 0) {
      read = rest.read(buffer);
      left -= read;
    }
  }

  /** A web page that has its own name resolve to loopback must not reach us through a browser. */
  private static void requireLoopbackName(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (host != null
        && !LOOPBACK_NAMES.contains(host.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT))) {
      throw Refusal.of(403, "This registry answers to 127.0.0.1 and localhost only");
    }
  }

  private static JsonNode body(HttpExchange exchange, byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return JSON.createObjectNode();
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    // Types that a browser sends without asking first are refused with all others.
    if (type == null || !BODY_TYPES.contains(type.split(";")[0].strip().toLowerCase(Locale.ROOT))) {
      throw Refusal.of(415, "HTTP 415 Unsupported Media Type: send " + V1 + " or application/json");
    }
    try {
      JsonNode body = JSON.readTree(bytes);
      if (!body.isObject()) {
        throw Refusal.of(400, "The request must be a JSON object");
      }
      return body;
    } catch (JsonProcessingException e) {
      throw Refusal.of(400, "The request is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        query.put(decode(name), equals < 0 ? "true" : decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(400, "The address is not properly percent-encoded: " + text);
    }
  }

  private static JsonNode error(int code, String message) {
    return JSON.createObjectNode().put("error_code", code).put("message", message);
  }

  private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
    String accept = exchange.getRequestHeaders().getFirst("Accept");
    boolean plain = accept != null && accept.contains("application/json") && !accept.contains(V1);
    exchange.getResponseHeaders().set("Content-Type", plain ? "application/json" : V1);
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
