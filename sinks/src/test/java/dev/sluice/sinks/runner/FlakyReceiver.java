package dev.sluice.sinks.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A webhook receiver and a tracker that now and then refuse, and now and then act and then answer
 * too late.
 */
final class FlakyReceiver implements AutoCloseable {
  /** One ticket of the tracker. */
  record Ticket(String marker, String state, long revision) {}

  private final ObjectMapper json = new ObjectMapper();
  private final Random random = new Random(42);
  private final HttpServer server;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Map<String, String> bodies = new HashMap<>();
  private final Map<String, List<Long>> revisions = new HashMap<>();
  private final Map<String, Ticket> tickets = new LinkedHashMap<>();
  private int repeats;
  private int differing;
  private int lateAnswers;

  FlakyReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.createContext("/hook", exchange -> handle(exchange, this::hook));
    server.createContext("/tickets", exchange -> handle(exchange, this::tracker));
    server.setExecutor(pool);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Different event ids that were accepted. */
  synchronized int accepted() {
    return bodies.size();
  }

  synchronized int repeats() {
    return repeats;
  }

  /** Repeats whose body was another than the first one's. */
  synchronized int differing() {
    return differing;
  }

  synchronized int lateAnswers() {
    return lateAnswers;
  }

  /** Revisions of each item in the order they were first accepted. */
  synchronized Map<String, List<Long>> revisions() {
    return new HashMap<>(revisions);
  }

  synchronized List<Ticket> tickets() {
    return new ArrayList<>(tickets.values());
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }

  private record Answer(int status, String body) {}

  private interface Handler {
    Answer handle(HttpExchange exchange, String body) throws IOException;
  }

  private void handle(HttpExchange exchange, Handler handler) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int luck;
    synchronized (random) {
      luck = random.nextInt(100);
    }
    Answer answer = luck < 3 ? new Answer(503, "") : handler.handle(exchange, body);
    if (luck >= 97) {
      synchronized (this) {
        lateAnswers++;
      }
      try {
        Thread.sleep(1_500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized Answer hook(HttpExchange exchange, String body) throws IOException {
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    String before = bodies.putIfAbsent(id, body);
    if (before != null) {
      repeats++;
      differing += before.equals(body) ? 0 : 1;
    } else {
      JsonNode item = json.readTree(body).at("/data/item");
      revisions
          .computeIfAbsent(item.get("id").asText(), key -> new ArrayList<>())
          .add(item.get("revision").asLong());
    }
    return new Answer(204, "");
  }

  private synchronized Answer tracker(HttpExchange exchange, String body) {
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    String marker = query.get("marker");
    switch (exchange.getRequestMethod()) {
      case "GET":
        return tickets.entrySet().stream()
            .filter(ticket -> ticket.getValue().marker().equals(marker))
            .findFirst()
            .map(ticket -> new Answer(200, ticket.getKey()))
            .orElse(new Answer(404, ""));
      case "POST":
        String key = "T-" + (tickets.size() + 1);
        tickets.put(key, new Ticket(marker, query.get("state"), revision(query)));
        return new Answer(201, key);
      default:
        String path = exchange.getRequestURI().getPath();
        String known = path.substring(path.lastIndexOf('/') + 1);
        Ticket old = tickets.get(known);
        tickets.put(known, new Ticket(old.marker(), query.get("state"), revision(query)));
        return new Answer(200, known);
    }
  }

  private static long revision(Map<String, String> query) {
    return Long.parseLong(query.get("revision"));
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> all = new HashMap<>();
    Arrays.stream(raw.split("&"))
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> all.put(pair[0], pair[1]));
    return all;
  }
}
