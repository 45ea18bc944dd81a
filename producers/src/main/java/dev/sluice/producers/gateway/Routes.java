package dev.sluice.producers.gateway;

import dev.sluice.producers.publish.ReportPublisher;
import dev.sluice.producers.redact.Redactor;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Every path, and what answers where a handler does not. */
final class Routes {
  private static final Logger log = LoggerFactory.getLogger(Routes.class);

  private static final Pattern TRACE =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

  private final Access access;
  private final Map<String, Handler> posts = new LinkedHashMap<>();
  private final Map<String, Handler> gets = new LinkedHashMap<>();

  Routes(
      GatewaySettings settings,
      Access access,
      ReportPublisher publisher,
      Redactor redactor,
      Recall recall,
      Publications publications,
      Readiness readiness,
      GateHandler gate,
      GateOverrideHandler overrides) {
    this.access = access;
    Uploads uploads = new Uploads(settings);
    Webhooks webhooks = new Webhooks(publisher, publications, recall.deliveries());
    posts.put("/v1/scans", new ScanUpload(settings, access, uploads, publisher, publications));
    posts.put("/v1/scans/{id}/failed", new ScanFailure(access, publisher, publications, redactor));
    posts.put(
        "/v1/reports",
        new PrivateReports(access, uploads, publisher, publications, redactor, recall.clock()));
    posts.put(
        "/v1/webhooks/github",
        new GithubWebhook(settings, access, uploads, webhooks, publications, recall.clock()));
    posts.put(
        "/v1/webhooks/gitlab",
        new GitlabWebhook(settings, access, uploads, webhooks, publications, recall.clock()));
    posts.put(
        "/v1/webhooks/generic",
        new GenericWebhook(settings, access, uploads, webhooks, publications, recall.clock()));
    gets.put(
        "/v1/scans/{id}/verdict",
        new VerdictHandler(access, recall.verdicts(), settings.maxWait()));
    gets.put("/v1/gate", gate);
    posts.put("/v1/gate/overrides", overrides);
    gets.put("/v1/openapi.json", Routes::openApi);
    gets.put("/healthz", ctx -> ctx.result("alive\n"));
    gets.put("/readyz", ctx -> ready(ctx, readiness));
  }

  void add(JavalinConfig config) {
    config.routes.before(Routes::trace);
    config.routes.before(access::refuseForeignSites);
    posts.forEach(config.routes::post);
    gets.forEach(config.routes::get);
    config.routes.exception(ProblemException.class, (e, ctx) -> e.problem().send(ctx));
    config.routes.exception(HttpResponseException.class, Routes::ofFramework);
    config.routes.exception(Exception.class, Routes::unexpected);
  }

  /** Log lines of this request carry its trace id (W3C Trace Context), if it has one. */
  private static void trace(Context ctx) {
    String given = ctx.header("traceparent");
    Matcher trace = TRACE.matcher(given == null ? "" : given);
    if (trace.matches()) {
      MDC.put("traceId", trace.group(1));
    } else {
      MDC.remove("traceId"); // the thread's last request may have had one
    }
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
}
