package dev.sluice.producers.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.producers.publish.PublishOutcome;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.publish.PublishResult;
import dev.sluice.producers.publish.ReportPublisher;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.token.Role;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * {@code POST /v1/reports}: a vulnerability that somebody reports in private. It goes to the
 * embargoed topics alone, and neither the log nor an answer repeats any of it.
 */
final class PrivateReports implements Handler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_BYTES = 256 * 1024;

  private final Access access;
  private final Uploads uploads;
  private final ReportPublisher publisher;
  private final Publications publications;
  private final Redactor redactor;
  private final InstantSource clock;

  PrivateReports(
      Access access,
      Uploads uploads,
      ReportPublisher publisher,
      Publications publications,
      Redactor redactor,
      InstantSource clock) {
    this.access = access;
    this.uploads = uploads;
    this.publisher = publisher;
    this.publications = publications;
    this.redactor = redactor;
    this.clock = clock;
  }

  @Override
  public void handle(Context ctx) throws IOException {
    Caller caller = access.require(ctx, Role.PUBLISH);
    uploads.checkJson(ctx, MAX_BYTES, "nothing: shorten it");
    uploads.take(
        ctx,
        MAX_BYTES,
        body -> {
          try (DigestingReport report = uploads.report("private report", body)) {
            Bodies.keepWhole(report, body, publications);
            take(ctx, caller, report);
          }
        });
  }

  private void take(Context ctx, Caller caller, DigestingReport body) throws IOException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    PrivateReportText text = PrivateReportText.of(parse(body));
    String id = "r-" + UUID.randomUUID();
    PublishOutcome outcome =
        publisher.publish(
            body,
            new PrivateReportReader(text, redactor, id, now),
            PublishRequest.builder()
                .asset(text.asset())
                .scanId(id)
                .traceparent(ctx.header("traceparent"))
                .publisher(caller.name())
                .build(),
            publications.admission(caller));
    if (!(outcome instanceof Published published)) {
      throw new ProblemException(Publications.problem(outcome));
    }
    publications.keep(published);
    PublishResult scan = published.scans().get(0);
    ObjectNode receipt = JsonNodeFactory.instance.objectNode();
    receipt.put("reportId", scan.scanId());
    receipt.put("asset", scan.asset());
    receipt.put("repeated", scan.repeated());
    Publications.json(ctx, 202, receipt);
  }

  private static JsonNode parse(DigestingReport body) throws IOException {
    try {
      return JSON.readTree(body.open());
    } catch (JsonProcessingException e) {
      // Without the parser's words: they quote the report.
      throw new ProblemException(Problem.unreadable("the body is not valid JSON"));
    }
  }
}
