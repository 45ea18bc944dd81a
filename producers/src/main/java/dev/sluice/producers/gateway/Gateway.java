package dev.sluice.producers.gateway;

import dev.sluice.producers.gate.KafkaOverrides;
import dev.sluice.producers.gate.OverrideLog;
import dev.sluice.producers.publish.ReportPublisher;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.serde.AvroSerdes;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP service. It owns its listener and its view of verdicts; the publisher is its user's. */
public final class Gateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  /** Threads beside those of uploads: acceptor, selectors, short requests. */
  private static final int OTHER_THREADS = 12;

  /** Threads that look again for those who wait at the gate, however many they are. */
  private static final int JUDGES = 2;

  private final Javalin server;
  private final GatewaySettings settings;
  private final AutoCloseable tail;
  private final ExecutorService judges;
  private final LookupHandler lookups;

  private Gateway(
      Javalin server,
      GatewaySettings settings,
      AutoCloseable tail,
      ExecutorService judges,
      LookupHandler lookups) {
    this.server = server;
    this.settings = settings;
    this.tail = tail;
    this.judges = judges;
    this.lookups = lookups;
  }

  /**
   * Starts listening, and reading verdicts from Kafka; an absent Kafka shows in {@code /readyz}.
   *
   * @param kafka where verdicts are read and readiness is asked
   * @param redactor hides credentials in what people write
   * @param serdes reads {@code scans.v1} and {@code assets.v1}
   * @throws IllegalArgumentException if the settings would let anybody in, see {@link
   *     GatewaySettings#host}
   */
  public static Gateway start(
      GatewaySettings settings,
      dev.sluice.settings.KafkaSettings kafka,
      ReportPublisher publisher,
      Redactor redactor,
      AvroSerdes serdes,
      MeterRegistry metrics) {
    Access access = new Access(settings, Clock.systemUTC());
    Recall recall = Recall.of(settings, Clock.systemUTC());
    Tails tails = Tails.start(kafka, serdes, recall, settings.verdictWindow());
    OverrideLog overrides = new KafkaOverrides(kafka, serdes);
    try {
      return start(settings, access, publisher, redactor, recall, overrides, tails, tails, metrics);
    } catch (RuntimeException e) {
      tails.close();
      throw e;
    }
  }

  static Gateway start(
      GatewaySettings settings,
      Access access,
      ReportPublisher publisher,
      Redactor redactor,
      Recall recall,
      OverrideLog overrides,
      Readiness readiness,
      AutoCloseable tail,
      MeterRegistry metrics) {
    LookupHandler lookups = new LookupHandler(access);
    Publications publications =
        new Publications(
            settings, recall.verdicts(), recall.repeats(), new GatewayMetrics(metrics));
    GateDesk desk = new GateDesk(recall, lookups::lookup);
    ExecutorService judges = Executors.newFixedThreadPool(JUDGES, Gateway::judge);
    GateHandler gate =
        new GateHandler(access, recall.verdicts(), desk, readiness, settings.maxWait(), judges);
    Routes routes =
        new Routes(
            settings,
            access,
            publisher,
            redactor,
            recall,
            publications,
            readiness,
            gate,
            new GateOverrideHandler(access, gate, desk, overrides, redactor, recall.clock()));
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
    return new Gateway(server, settings, tail, judges, lookups);
  }

  private static Thread judge(Runnable work) {
    Thread thread = new Thread(work, "gateway-gate");
    thread.setDaemon(true);
    return thread;
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
    judges.shutdownNow();
    try {
      tail.close();
    } catch (Exception e) {
      throw new IllegalStateException("the view of verdicts did not stop", e);
    }
  }
}
