package dev.sluice.producers.gateway;

import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.publish.ReportPublisher;
import dev.sluice.producers.redact.Redactor;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP service. It owns its listener and its view of verdicts; the publisher is its user's. */
public final class Gateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  /** Threads beside those of uploads: acceptor, selectors, short requests. */
  private static final int OTHER_THREADS = 12;

  private final Javalin server;
  private final GatewaySettings settings;
  private final AutoCloseable tail;
  private final LookupHandler lookups;

  private Gateway(
      Javalin server, GatewaySettings settings, AutoCloseable tail, LookupHandler lookups) {
    this.server = server;
    this.settings = settings;
    this.tail = tail;
    this.lookups = lookups;
  }

  /**
   * Starts listening, and reading verdicts from Kafka; an absent Kafka shows in {@code /readyz}.
   *
   * @param kafka where verdicts are read and readiness is asked
   * @param redactor hides credentials in what people write
   * @param verdicts reads values of {@code scans.v1}
   * @throws IllegalArgumentException if the settings would let anybody in, see {@link
   *     GatewaySettings#host}
   */
  public static Gateway start(
      GatewaySettings settings,
      dev.sluice.settings.KafkaSettings kafka,
      ReportPublisher publisher,
      Redactor redactor,
      Deserializer<ScanVerdict> verdicts,
      MeterRegistry metrics) {
    Access access = new Access(settings);
    Recall recall = Recall.of(settings, Clock.systemUTC());
    VerdictTail tail = VerdictTail.start(kafka, verdicts, recall, settings.verdictWindow());
    try {
      return start(settings, access, publisher, redactor, recall, tail, tail, metrics);
    } catch (RuntimeException e) {
      tail.close();
      throw e;
    }
  }

  static Gateway start(
      GatewaySettings settings,
      Access access,
      ReportPublisher publisher,
      Redactor redactor,
      Recall recall,
      Readiness readiness,
      AutoCloseable tail,
      MeterRegistry metrics) {
    LookupHandler lookups = new LookupHandler(access);
    Publications publications =
        new Publications(
            settings, recall.verdicts(), recall.repeats(), new GatewayMetrics(metrics));
    Routes routes =
        new Routes(settings, access, publisher, redactor, recall, publications, readiness);
    Javalin server =
        Javalin.create(
            config -> {
              listen(config, settings);
              routes.add(config);
              lookups.addTo(config);
            });
    server.start(settings.host(), settings.port());
    log.atInfo()
        .addKeyValue("host", settings.host())
        .addKeyValue("port", server.port())
        .addKeyValue("tokens", settings.tokens().size())
        .addKeyValue("webhooks", settings.webhooks().size())
        .log("The gateway listens");
    return new Gateway(server, settings, tail, lookups);
  }

  private static void listen(JavalinConfig config, GatewaySettings settings) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    config.http.asyncTimeout = settings.maxWait().plusSeconds(10).toMillis();
    QueuedThreadPool threads =
        new QueuedThreadPool(settings.maxUploads() + OTHER_THREADS, 4, 60_000);
    threads.setName("gateway");
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(http -> limit(http, settings));
    config.jetty.modifyServer(server -> server.setErrorHandler(new PlainProblems()));
  }

  private static void limit(HttpConfiguration http, GatewaySettings settings) {
    http.setRequestHeaderSize(settings.maxHeaderBytes());
    http.setIdleTimeout(settings.idleTimeout().toMillis());
    http.setSendServerVersion(false);
  }

  /** Method and path of every route, as the description must list them. */
  List<String> routes() {
    return server.unsafe.internalRouter.allHttpHandlers().stream()
        .map(handler -> handler.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method + " " + endpoint.path)
        .toList();
  }

  /** Has questions about findings, items and scans answered; without it they are refused. */
  public void answerWith(Lookup lookup) {
    lookups.answerWith(lookup);
  }

  /** The port that is listened on. */
  public int port() {
    return server.port();
  }

  /** Base address for clients on this machine. */
  public URI uri() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create("http://" + host + ":" + port());
  }

  /** Stops listening; uploads that are not done are failed, not completed. */
  @Override
  public void close() {
    server.stop();
    try {
      tail.close();
    } catch (Exception e) {
      throw new IllegalStateException("the view of verdicts did not stop", e);
    }
  }
}
