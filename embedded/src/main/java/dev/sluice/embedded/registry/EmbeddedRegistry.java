package dev.sluice.embedded.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Schema Registry for Avro in this JVM, on loopback, without access control. Its state is in a
 * compacted topic of any Kafka, so ids survive a restart. One registry at a time writes to a topic:
 * a newer one shuts an older one out.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";
  private static final int THREADS = 4;
  private static final int WAITING = 256;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final SchemaLog log;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedRegistry(HttpServer server, ThreadPoolExecutor threads, SchemaLog log) {
    this.server = server;
    this.threads = threads;
    this.log = log;
  }

  /**
   * Reads the topic, which is created if it is not there, and begins to answer.
   *
   * @throws IllegalStateException if the topic or the port cannot be used; the message says why and
   *     what to do
   */
  public static EmbeddedRegistry start(RegistryOptions options) {
    KafkaSchemaLog log = KafkaSchemaLog.open(options);
    try {
      return serve(log, log.clusterId(), options);
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /** Serves any log. */
  static EmbeddedRegistry serve(SchemaLog log, String clusterId, RegistryOptions options) {
    Routes routes = new Routes(new SchemaStore(log), options.compatibility(), clusterId);
    HttpServer server = bind(options.port());
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "registry-http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            // The one thread that accepts connections works itself when there is too much to do.
            new ThreadPoolExecutor.CallerRunsPolicy());
    threads.allowCoreThreadTimeOut(true);
    server.createContext("/", new HttpApi(routes));
    server.setExecutor(threads);
    server.start();
    return new EmbeddedRegistry(server, threads, log);
  }

  private static HttpServer bind(int port) {
    // Without it every answer waits 40 ms for the client to acknowledge the headers. Read once,
    // when
    // the JVM first loads its HTTP server.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return HttpServer.create(new InetSocketAddress(loopback, port), 64);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the registry cannot listen on 127.0.0.1:"
              + port
              + ": "
              + e.getMessage()
              + "; stop what uses the port or choose another, 0 for any free one",
          e);
    }
  }

  /** Where clients find it: their {@code schema.registry.url}. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Lets current requests end within a second, and stops. Does nothing the second time. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    awaitCurrentRequests();
    // Not with a delay: it is waited for in full even when nothing is going on.
    server.stop(0);
    threads.shutdownNow();
    log.close();
  }

  private void awaitCurrentRequests() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    try {
      while (threads.getActiveCount() > 0 && System.nanoTime() - end < 0) {
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
