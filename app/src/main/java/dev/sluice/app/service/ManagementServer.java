package dev.sluice.app.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.app.settings.ManagementSettings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Health and metrics of this process over HTTP: {@code /health/live}, {@code /health/ready}, {@code
 * /metrics}. Says nothing about findings, so it needs no token.
 */
public final class ManagementServer implements Service {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String OPEN_METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads;

  private ManagementServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if the address cannot be bound
   */
  public static ManagementServer start(
      ManagementSettings settings, Services services, PrometheusMeterRegistry metrics)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), 0);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "management");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    answer(server, "/health/live", TEXT, () -> live(services));
    answer(server, "/health/ready", TEXT, () -> ready(services));
    answer(server, "/metrics", OPEN_METRICS, () -> new Answer(200, metrics.scrape()));
    server.start();
    return new ManagementServer(server, threads);
  }

  private record Answer(int status, String body) {}

  private static Answer live(Services services) {
    return services
        .failure()
        .map(failure -> new Answer(503, failure + "\n"))
        .orElseGet(() -> new Answer(200, "alive\n"));
  }

  private static Answer ready(Services services) {
    Map<String, Boolean> ready = services.readiness();
    String body =
        ready.entrySet().stream()
            .map(entry -> entry.getKey() + (entry.getValue() ? " ready\n" : " not ready\n"))
            .collect(Collectors.joining());
    return new Answer(ready.containsValue(false) ? 503 : 200, body);
  }

  private static void answer(
      HttpServer server, String path, String type, Supplier<Answer> question) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            boolean read = exchange.getRequestMethod().matches("GET|HEAD");
            boolean exact = exchange.getRequestURI().getPath().equals(path);
            send(
                exchange,
                type,
                !exact
                    ? new Answer(404, "no such page\n")
                    : read ? question.get() : new Answer(405, "only GET\n"));
          }
        });
  }

  private static void send(HttpExchange exchange, String type, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
    if (!head) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  /** The port that was bound. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public String name() {
    return "management";
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public Optional<String> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
