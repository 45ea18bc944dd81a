package dev.sluice.producers.gateway;

import dev.sluice.producers.gateway.WebhookSources.Source;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.webhook.GithubLines;
import dev.sluice.producers.webhook.Signatures;
import dev.sluice.producers.webhook.SignedBody;
import dev.sluice.producers.webhook.WebhookKind;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** {@code POST /v1/webhooks/github}: alerts as reports, and the end of branches and proposals. */
final class GithubWebhook implements Handler {
  /** Names of a repository's deliveries, so that no other sender's id can be taken for one. */
  static final String DELIVERY = "github-";

  private static final Set<String> ALERTS =
      Set.of(
          "dependabot_alert",
          "code_scanning_alert",
          "secret_scanning_alert",
          "repository_advisory",
          "repository_vulnerability_alert");
  private static final Set<String> LINES = Set.of("delete", "pull_request");

  private final GatewaySettings settings;
  private final Access access;
  private final Uploads uploads;
  private final Webhooks webhooks;
  private final Publications publications;
  private final InstantSource clock;

  GithubWebhook(
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
    List<Source> senders = access.senders(WebhookKind.GITHUB);
    String event = Headers.name(ctx, "X-GitHub-Event");
    String delivery = DELIVERY + Headers.name(ctx, "X-GitHub-Delivery");
    List<byte[]> signatures = Signatures.github(ctx.header("X-Hub-Signature-256"));
    if (!senders.isEmpty() && signatures.isEmpty()) {
      throw new ProblemException(
          Problem.unauthorized(
              "the delivery is not signed (X-Hub-Signature-256); set the webhook's secret"));
    }
    uploads.checkJson(ctx, settings.maxWebhookBytes(), "gateway.max-webhook-bytes");
    uploads.take(
        ctx,
        settings.maxWebhookBytes(),
        body -> {
          SignedBody signed = new SignedBody(body, senders.stream().map(Source::key).toList(), "");
          try (DigestingReport report = uploads.report("github " + event, signed)) {
            Bodies.keepWhole(report, body, publications);
            take(ctx, event, delivery, report, body, sender(senders, signed, signatures));
          }
        });
  }

  private void take(
      Context ctx,
      String event,
      String delivery,
      DigestingReport report,
      UploadStream body,
      Caller caller)
      throws IOException {
    if (ALERTS.contains(event)) {
      PublishRequest.Builder request =
          PublishRequest.builder().traceparent(ctx.header("traceparent"));
      webhooks.publish(ctx, caller, delivery, report, request, body);
    } else if (LINES.contains(event)) {
      webhooks.end(
          ctx,
          caller,
          delivery,
          GithubLines.read(event, report.open(), caller.name(), clock.instant()));
    } else if (event.equals("ping")) {
      ctx.result("pong\n");
    } else {
      Webhooks.note(ctx, "nothing is done with this event; it need not be sent");
    }
  }

  private Caller sender(List<Source> senders, SignedBody signed, List<byte[]> signatures) {
    if (senders.isEmpty()) {
      return Caller.LOCAL;
    }
    int signer = signed.signer(signatures);
    if (signer < 0) {
      throw new ProblemException(
          Problem.unauthorized(
              "the signature is of no secret that is known; compare the webhook's secret with"
                  + " gateway.webhooks"));
    }
    return access.admit(senders.get(signer));
  }
}
