package dev.sluice.embedded.broker;

import java.net.BindException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and controller in this JVM. {@link #start} returns when clients can use it;
 * {@link #close} flushes and stops it, and leaves nothing running.
 *
 * <p>A failure that would make a stand-alone Kafka end its process, such as a full disk, does not
 * end this one: it shows in {@link #failure()}, and the owner should close the broker and end.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int ATTEMPTS = 5;

  private final DataDirectory directory;
  private final String clusterId;
  private final Ports ports;
  private final KafkaRaftServer server;
  private final CompletableFuture<String> failure;
  private final Consumer<String> exitListener;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(
      DataDirectory directory,
      String clusterId,
      Ports ports,
      KafkaRaftServer server,
      CompletableFuture<String> failure,
      Consumer<String> exitListener) {
    this.directory = directory;
    this.clusterId = clusterId;
    this.ports = ports;
    this.server = server;
    this.failure = failure;
    this.exitListener = exitListener;
  }

  /**
   * Starts a broker and waits until it serves clients: 2 to 3 seconds in a new directory, less in
   * one that was used before.
   *
   * @throws EmbeddedBrokerException if the directory or a port cannot be used, or Kafka fails to
   *     start; nothing is left running
   */
  public static EmbeddedBroker start(BrokerOptions options) {
    DataDirectory directory = DataDirectory.open(options);
    CompletableFuture<String> failure = new CompletableFuture<>();
    Consumer<String> listener = failure::complete;
    ProcessExits.listen(listener);
    try {
      String clusterId = directory.format();
      for (int attempt = 1; ; attempt++) {
        Ports ports = Ports.choose(options);
        try {
          KafkaRaftServer server = startServer(options, directory.path(), ports);
          return new EmbeddedBroker(directory, clusterId, ports, server, failure, listener);
        } catch (RuntimeException e) {
          if (attempt == ATTEMPTS || !Ports.chosen(options) || !isBindFailure(e)) {
            throw new EmbeddedBrokerException(
                "Kafka did not start in " + directory.path() + ": " + e.getMessage(), e);
          }
        }
      }
    } catch (RuntimeException e) {
      ProcessExits.forget(listener);
      directory.close();
      throw e;
    }
  }

  private static KafkaRaftServer startServer(BrokerOptions options, Path directory, Ports ports) {
    KafkaRaftServer server =
        new KafkaRaftServer(
            new KafkaConfig(BrokerProperties.of(options, directory, ports)), Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      stopQuietly(server);
      throw e;
    }
  }

  private static void stopQuietly(KafkaRaftServer server) {
    try {
      server.shutdown();
      server.awaitShutdown();
    } catch (RuntimeException e) {
      LOG.atDebug().setCause(e).log("Stopping a broker that had not started failed");
    }
  }

  private static boolean isBindFailure(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException
          || (cause instanceof KafkaException
              && cause.getMessage().contains("Socket server failed to bind"))) {
        return true;
      }
    }
    return false;
  }

  /** {@code 127.0.0.1:PORT}, what clients call {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + ports.broker();
  }

  /** Kafka's id of this one-node cluster; the same at every start in one directory. */
  public String clusterId() {
    return clusterId;
  }

  /** Where data is. */
  public Path directory() {
    return directory.path();
  }

  /** Why the broker can no longer work, if it cannot. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure.getNow(null));
  }

  /** Completes with the reason when the broker can no longer work; never, if it always can. */
  public CompletionStage<String> failed() {
    return failure.minimalCompletionStage();
  }

  /** Flushes, stops and releases the directory. Does nothing the second time. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      server.shutdown();
      server.awaitShutdown();
    } finally {
      ProcessExits.forget(exitListener);
      directory.close();
    }
  }
}
