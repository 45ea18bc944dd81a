package dev.sluice.producers.gateway;

import dev.sluice.producers.publish.PublishOutcome;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.publish.ReportPublisher;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.token.Role;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code POST /v1/scans}: a report in the body, published while it arrives. */
final class ScanUpload implements Handler {
  private final GatewaySettings settings;
  private final Access access;
  private final Uploads uploads;
  private final ReportPublisher publisher;
  private final Publications publications;

  ScanUpload(
      GatewaySettings settings,
      Access access,
      Uploads uploads,
      ReportPublisher publisher,
      Publications publications) {
    this.settings = settings;
    this.access = access;
    this.uploads = uploads;
    this.publisher = publisher;
    this.publications = publications;
  }

  @Override
  public void handle(Context ctx) throws IOException {
    Caller caller = access.require(ctx, Role.PUBLISH);
    uploads.checkReport(ctx);
    Map<String, List<String>> query = ctx.queryParamMap();
    PublishRequest request =
        ScanParameters.parse(query, ctx.header("traceparent"), caller.name())
            .reportDigest(ContentDigest.sha256(ctx.header("Content-Digest")))
            .build();
    uploads.take(
        ctx,
        settings.maxBodyBytes(),
        body -> {
          PublishOutcome outcome;
          try (DigestingReport report = uploads.report(ScanParameters.name(query), body)) {
            outcome = publisher.publish(report, request, publications.admission(caller));
          }
          publications.answer(ctx, caller, outcome, body);
        });
  }
}
