package dev.sluice.producers.gateway;

import dev.sluice.producers.gateway.WebhookSources.Source;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.webhook.GitlabLines;
import dev.sluice.producers.webhook.WebhookKind;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** {@code POST /v1/webhooks/gitlab}: the end of branches and merge requests. */
final class GitlabWebhook implements Handler {
  static final String DELIVERY = "gitlab-";

  private static final Set<String> LINES = Set.of("Push Hook", "Merge Request Hook");

  private final GatewaySettings settings;
  private final Access access;
  private final Uploads uploads;
  private final Webhooks webhooks;
  private final Publications publications;
  private final InstantSource clock;

  GitlabWebhook(
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
    Caller caller = sender(access.senders(WebhookKind.GITLAB), ctx.header("X-Gitlab-Token"));
    String event = ctx.header("X-Gitlab-Event");
    if (event == null) {
      throw new ProblemException(Problem.badRequest("the header X-Gitlab-Event is missing"));
    }
    if (!LINES.contains(event)) {
      Webhooks.note(ctx, "nothing is done with this event; it need not be sent");
      return;
    }
    String delivery = DELIVERY + delivery(ctx);
    uploads.checkJson(ctx, settings.maxWebhookBytes(), "gateway.max-webhook-bytes");
    uploads.take(
        ctx,
        settings.maxWebhookBytes(),
        body -> {
          try (DigestingReport report = uploads.report("gitlab event", body)) {
            Bodies.keepWhole(report, body, publications);
            webhooks.end(
                ctx,
                caller,
                delivery,
                GitlabLines.read(report.open(), caller.name(), clock.instant()));
          }
        });
  }

  /** Retries have the same idempotency key (GitLab 17.4); before, an id that is new each time. */
  private static String delivery(Context ctx) {
    boolean key = ctx.header("Idempotency-Key") != null;
    return Headers.name(ctx, key ? "Idempotency-Key" : "X-Gitlab-Event-UUID");
  }

  private Caller sender(List<Source> senders, String token) {
    if (senders.isEmpty()) {
      return Caller.LOCAL;
    }
    Source found = null;
    for (Source sender : senders) {
      // All of them, each in constant time, so that the time tells nothing.
      if (token != null && sender.key().is(token)) {
        found = sender;
      }
    }
    if (found == null) {
      throw new ProblemException(
          Problem.unauthorized(
              "the header X-Gitlab-Token holds no secret that is known; compare the webhook's"
                  + " secret token with gateway.webhooks"));
    }
    return access.admit(found);
  }
}
