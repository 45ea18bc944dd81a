package dev.sluice.producers.gateway;

import dev.sluice.producers.gateway.WebhookSources.Source;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.webhook.Signatures;
import dev.sluice.producers.webhook.SignedBody;
import dev.sluice.producers.webhook.WebhookKind;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /v1/webhooks/generic}: any report, signed as Standard Webhooks 1.0 has it. What is
 * signed must be whole before it counts, so the body is kept until then, in a file beyond 512 KiB.
 */
final class GenericWebhook implements Handler {
  static final String DELIVERY = "webhook-";

  private final GatewaySettings settings;
  private final Access access;
  private final Uploads uploads;
  private final Webhooks webhooks;
  private final Publications publications;
  private final InstantSource clock;

  GenericWebhook(
      GatewaySettings settings,
      Access access,
      Uploads uploads,
      Webhooks webhooks,
      Publications publications,
      InstantSource clock) {
    this.settings = settings;
    this.access = access;
    this.uploads = uploads;
    this.webhooks = webhooks;
    this.publications = publications;
    this.clock = clock;
  }

  @Override
  public void handle(Context ctx) throws IOException {
    List<Source> senders = access.senders(WebhookKind.STANDARD);
    String id = Headers.name(ctx, "webhook-id");
    String time = timestamp(ctx.header("webhook-timestamp"));
    List<byte[]> signatures = Signatures.standard(ctx.header("webhook-signature"));
    if (!senders.isEmpty() && signatures.isEmpty()) {
      throw new ProblemException(
          Problem.unauthorized(
              "the header webhook-signature holds no signature v1,BASE64 (Standard Webhooks)"));
    }
    uploads.checkReport(ctx);
    Map<String, List<String>> query = ctx.queryParamMap();
    PublishRequest.Builder request =
        ScanParameters.parse(query, ScanParameters.OF_WEBHOOK, ctx.header("traceparent"), null);
    uploads.take(
        ctx,
        settings.maxBodyBytes(),
        body -> {
          SignedBody signed =
              new SignedBody(
                  body, senders.stream().map(Source::key).toList(), id + "." + time + ".");
          try (DigestingReport report = uploads.report(ScanParameters.name(query), signed)) {
            Bodies.keepWhole(report, body, publications);
            Caller caller = sender(senders, signed, signatures);
            webhooks.publish(ctx, caller, DELIVERY + id, report, request, body);
          }
        });
  }

  /** The time of the signature, if it is near enough: an old delivery may be a replay. */
  private String timestamp(String header) {
    if (header == null || !header.matches("[0-9]{1,12}")) {
      throw new ProblemException(
          Problem.badRequest("webhook-timestamp must be seconds since 1970-01-01"));
    }
    Duration off =
        Duration.between(Instant.ofEpochSecond(Long.parseLong(header)), clock.instant()).abs();
    if (off.compareTo(settings.webhookTolerance()) > 0) {
      throw new ProblemException(
          Problem.unauthorized(
              "webhook-timestamp is more than "
                  + settings.webhookTolerance().toSeconds()
                  + " seconds from now, as when a delivery is sent again; sign each attempt anew"
                  + " and set the clock"));
    }
    return header;
  }

  private Caller sender(List<Source> senders, SignedBody signed, List<byte[]> signatures) {
    if (senders.isEmpty()) {
      return Caller.LOCAL;
    }
    int signer = signed.signer(signatures);
    if (signer < 0) {
      throw new ProblemException(
          Problem.unauthorized(
              "the signature is of no secret that is known; compare the sender's secret with"
                  + " gateway.webhooks"));
    }
    return access.admit(senders.get(signer));
  }
}
