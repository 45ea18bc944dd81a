package dev.sluice.sinks.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A tracker in this process that keeps tickets, refuses what the real one refuses, and shows new
 * tickets in its listing only some time after they were created.
 */
public abstract class FakeTracker implements AutoCloseable {
  protected static final ObjectMapper JSON = new ObjectMapper();

  /** An answer: its status and body. */
  public record Answer(int status, String body) {}

  /** A request, taken apart. */
  public record Call(
      String method, String path, Map<String, String> query, JsonNode body, Headers headers) {}

  /** First values by name in any case. */
  public record Headers(com.sun.net.httpserver.Headers all) {
    public String get(String name) {
      return all.getFirst(name);
    }
  }

  /** A ticket as people see it. */
  public static final class Entry {
    public final String key;
    public final Instant created;
    public String title = "";
    public String body = "";
    public boolean open = true;
    public String state = "";
    public List<String> labels = new ArrayList<>();
    public final List<String> comments = new ArrayList<>();
    public final Map<String, String> fields = new HashMap<>();
    public final List<Deed> deeds = new ArrayList<>();
    public Instant updated;
    public String closedAs = "";
    public String assignee;

    Entry(String key, Instant created) {
      this.key = key;
      this.created = created;
      this.updated = created;
    }
  }

  /** What somebody did to a ticket: closed it as something, reopened or assigned it. */
  public record Deed(String who, String what, String word, Instant at) {}

  /** Somebody closes a ticket. */
  public final synchronized void closeAs(String key, String who, String word) {
    Entry entry = entry(key);
    entry.open = false;
    entry.closedAs = word;
    did(entry, new Deed(who, "closed", word, now));
  }

  /** Somebody opens a ticket again. */
  public final synchronized void reopen(String key, String who) {
    Entry entry = entry(key);
    entry.open = true;
    entry.closedAs = "";
    did(entry, new Deed(who, "reopened", "", now));
  }

  /** Somebody assigns a ticket. */
  public final synchronized void assign(String key, String who, String whom) {
    Entry entry = entry(key);
    entry.assignee = whom;
    did(entry, new Deed(who, "assigned", whom, now));
  }

  private void did(Entry entry, Deed deed) {
    entry.deeds.add(deed);
    entry.updated = now;
  }

  /** Somebody who is not us makes a ticket. */
  public final synchronized String write(String front, String title, String body) {
    Entry entry = add(front);
    entry.title = title;
    entry.body = body;
    return entry.key;
  }

  /** A page of those that changed since a time, the last one first. */
  protected final List<Entry> changed(Instant since, String label, int skip, int size) {
    return entries.stream()
        .filter(entry -> !entry.updated.isBefore(since))
        .filter(entry -> label == null || entry.labels.contains(label))
        .sorted(java.util.Comparator.comparing((Entry entry) -> entry.updated).reversed())
        .skip(skip)
        .limit(size)
        .toList();
  }

  private final HttpServer server;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  protected final List<Entry> entries = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private Instant now;
  private Duration lag = Duration.ZERO;
  private int hang;
  private int created;
  protected boolean isPublic;

  protected FakeTracker(Instant now) {
    this.now = now;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(pool);
    server.createContext("/", this::handle);
    server.start();
  }

  /** What the tracker does with a call. Called under the lock. */
  protected abstract Answer answer(Call call);

  /** Whether a call makes a ticket. */
  protected abstract boolean creates(Call call);

  public final String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Lets time pass. */
  public final synchronized void setNow(Instant later) {
    now = later;
  }

  protected final Instant now() {
    return now;
  }

  /** How long a new ticket is missing from the listing. */
  public final synchronized void setLag(Duration lag) {
    this.lag = lag;
  }

  /** The next so many creates are done and not answered in time. */
  public final synchronized void hangAfterCreate(int times) {
    hang = times;
  }

  public final synchronized void setPublic(boolean open) {
    isPublic = open;
  }

  public final synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  public final synchronized void delete(String key) {
    entries.removeIf(entry -> entry.key.equals(key));
  }

  /** Every request so far, with its body on lines of its own. */
  public final synchronized List<String> log() {
    return List.copyOf(log);
  }

  protected final Entry entry(String key) {
    return entries.stream().filter(entry -> entry.key.equals(key)).findFirst().orElse(null);
  }

  protected final Entry add(String front) {
    Entry entry = new Entry(front + ++created, now);
    entries.add(entry);
    return entry;
  }

  /** What the listing shows by now. */
  protected final List<Entry> listed() {
    return entries.stream().filter(entry -> !entry.created.plus(lag).isAfter(now)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Answer answer;
    boolean silent = false;
    synchronized (this) {
      Call call = call(exchange, body);
      log.add(text(exchange, call));
      answer = answer(call);
      if (!call.method().equals("GET")) {
        // By its path: a comment and a transition change the ticket too.
        entries.stream()
            .filter(entry -> call.path().matches(".*/" + entry.key + "(\\.json|/.*)?"))
            .forEach(entry -> entry.updated = now);
      }
      if (creates(call) && answer.status() < 300 && hang > 0) {
        hang--;
        silent = true;
      }
    }
    if (silent) {
      // The ticket is there, and nobody was told: a cut connection, or a proxy that gave up on it.
      if (hang % 2 == 1) {
        exchange.sendResponseHeaders(503, -1);
      }
      exchange.close();
      return;
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Call call(HttpExchange exchange, byte[] body) throws IOException {
    URI uri = exchange.getRequestURI();
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&")) {
        String[] parts = pair.split("=", 2);
        query.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
      }
    }
    JsonNode tree = body.length == 0 ? JSON.nullNode() : JSON.readTree(body);
    Headers headers = new Headers(exchange.getRequestHeaders());
    return new Call(exchange.getRequestMethod(), uri.getPath(), query, tree, headers);
  }

  private static String text(HttpExchange exchange, Call call) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(call.method()).append(' ').append(exchange.getRequestURI()).append('\n');
    for (String name :
        List.of("Accept", "Authorization", "X-Redmine-API-Key", "Private-Token", "Content-Type")) {
      String value = call.headers().get(name);
      if (value != null) {
        text.append(name).append(": ").append(value).append('\n');
      }
    }
    if (!call.body().isNull()) {
      text.append('\n')
          .append(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(call.body()))
          .append('\n');
    }
    return text.toString();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
