package dev.sluice.producers.gateway;

import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.publish.ReportPublisher;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
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
   * @param verdicts reads values of {@code scans.v1}
   * @throws IllegalArgumentException if the settings would let anybody in, see {@link
   *     GatewaySettings#host}
   */
  public static Gateway start(
      GatewaySettings settings,
      dev.sluice.settings.KafkaSettings kafka,
      ReportPublisher publisher,
      Deserializer<ScanVerdict> verdicts,
      MeterRegistry metrics) {
    Access access = new Access(settings);
    VerdictView view = new VerdictView(settings.verdictBytes(), settings.maxWaiting());
    VerdictTail tail = VerdictTail.start(kafka, verdicts, view, settings.verdictWindow());
    try {
      return start(settings, access, publisher, view, tail, tail, metrics);
    } catch (RuntimeException e) {
      tail.close();
      throw e;
    }
  }

  static Gateway start(
      GatewaySettings settings,
      Access access,
      ReportPublisher publisher,
      VerdictView view,
      Readiness readiness,
      AutoCloseable tail,
      MeterRegistry metrics) {
    GatewayMetrics counters = new GatewayMetrics(metrics);
    LookupHandler lookups = new LookupHandler(access);
    Javalin server =
        Javalin.create(
            config -> {
              listen(config, settings);
              lookups.addTo(config);
              routes(
                  config,
                  access,
                  new ScanUpload(settings, access, publisher, view, counters),
                  new VerdictHandler(access, view, settings.maxWait()),
                  readiness);
            });
    server.start(settings.host(), settings.port());
    log.atInfo()
        .addKeyValue("host", settings.host())
        .addKeyValue("port", server.port())
        .addKeyValue("tokens", settings.tokens().size())
        .log("The gateway listens");
    return new Gateway(server, settings, tail, lookups);
  }

  private static void routes(
      JavalinConfig config,
      Access access,
      ScanUpload upload,
      VerdictHandler verdict,
      Readiness readiness) {
    config.routes.before(access::refuseForeignSites);
    config.routes.post("/v1/scans", upload);
    config.routes.get("/v1/scans/{id}/verdict", verdict);
    config.routes.get("/v1/openapi.json", Gateway::openApi);
    config.routes.get("/healthz", ctx -> ctx.result("alive\n"));
    config.routes.get("/readyz", ctx -> ready(ctx, readiness));
    config.routes.exception(ProblemException.class, (e, ctx) -> e.problem().send(ctx));
    config.routes.exception(HttpResponseException.class, Gateway::ofFramework);
    config.routes.exception(Exception.class, Gateway::unexpected);
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

  private static void ready(Context ctx, Readiness readiness) {
    Optional<String> missing = readiness.missing();
    if (missing.isPresent()) {
      throw new ProblemException(Problem.unavailable(missing.get(), 5));
    }
    ctx.result("ready\n");
  }

  private static void openApi(Context ctx) {
    try (InputStream document = Gateway.class.getResourceAsStream("openapi.json")) {
      ctx.contentType("application/json").result(document.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ofFramework(HttpResponseException e, Context ctx) {
    String title = e.getStatus() == 405 ? "Wrong method" : "Nothing is here";
    new Problem(
            e.getStatus(),
            e.getStatus() == 405 ? "method" : "not-found",
            title,
            "GET /v1/openapi.json lists what there is",
            0)
        .send(ctx);
  }

  private static void unexpected(Exception e, Context ctx) {
    // The class and place alone: a message may quote what was sent.
    log.atError()
        .addKeyValue("path", ctx.endpoint().path)
        .addKeyValue("error", e.getClass().getName())
        .addKeyValue("at", e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0].toString())
        .log("A request failed unexpectedly");
    Problem.internal("this is a defect of the gateway; its log says where").send(ctx);
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
