package dev.sluice.bench.dispatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** An HTTP server on loopback that takes every request and answers 204. */
public final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService pool;

  /** A request that has come in whole. */
  public record Request(long nanos, byte[] body) {}

  /**
   * @param threads requests at once
   * @param taken is told of each request, on any of the threads
   */
  public Receiver(int threads, Consumer<Request> taken) throws IOException {
    pool = Executors.newFixedThreadPool(threads);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.setExecutor(pool);
    server.createContext("/", exchange -> take(exchange, taken));
    server.start();
  }

  private static void take(HttpExchange exchange, Consumer<Request> taken) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      taken.accept(new Request(System.nanoTime(), body));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
