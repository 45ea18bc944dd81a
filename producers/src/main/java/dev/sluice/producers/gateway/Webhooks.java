package dev.sluice.producers.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.producers.asset.AssetNames;
import dev.sluice.producers.asset.AssetNaming.Named;
import dev.sluice.producers.publish.PublishOutcome;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.publish.ReportPublisher;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.webhook.LineNews;
import dev.sluice.producers.webhook.LineNews.Ended;
import dev.sluice.producers.webhook.LineNews.Nothing;
import dev.sluice.producers.webhook.LineNews.Unusable;
import io.javalin.http.Context;

/** What all webhooks do with a delivery whose sender is known. */
final class Webhooks {
  /** A 204 has no body; whoever looks at the delivery sees the reason here. */
  private static final String NOTE = "Sluice-Note";

  private final ReportPublisher publisher;
  private final Publications publications;
  private final Deliveries deliveries;

  Webhooks(ReportPublisher publisher, Publications publications, Deliveries deliveries) {
    this.publisher = publisher;
    this.publications = publications;
    this.deliveries = deliveries;
  }

  /** Publishes the body as a report, once for each delivery. */
  void publish(
      Context ctx,
      Caller caller,
      String delivery,
      DigestingReport report,
      PublishRequest.Builder request,
      UploadStream body) {
    once(
        ctx,
        delivery,
        () -> {
          PublishOutcome outcome =
              publisher.publish(
                  report,
                  request.scanId(delivery).publisher(caller.name()).build(),
                  publications.admission(caller));
          publications.answer(ctx, caller, outcome, body);
          return outcome instanceof Published;
        });
  }

  /** Publishes that a line of development has ended, once for each delivery. */
  void end(Context ctx, Caller caller, String delivery, LineNews news) {
    if (news instanceof Nothing nothing) {
      note(ctx, nothing.note());
    } else if (news instanceof Unusable unusable) {
      throw new ProblemException(Problem.unreadable(unusable.message()));
    } else if (news instanceof Ended ended) {
      once(ctx, delivery, () -> end(ctx, caller, delivery, ended));
    }
  }

  /** There is nothing to do, and that is right. */
  static void note(Context ctx, String note) {
    ctx.status(204).header(NOTE, note);
  }

  private boolean end(Context ctx, Caller caller, String delivery, Ended ended) {
    if (!(AssetNames.canonical(ended.repository()) instanceof Named repository)) {
      throw new ProblemException(
          Problem.unreadable("the address of the repository names no asset that can last"));
    }
    if (!caller.covers(repository.asset().value())) {
      throw new ProblemException(
          Problem.forbidden(
              "this sender may not speak for "
                  + repository.asset()
                  + "; see gateway.webhooks."
                  + caller.name()
                  + ".assets"));
    }
    PublishOutcome outcome =
        publisher.end(repository.asset(), ended.event(), delivery, ctx.header("traceparent"));
    if (!(outcome instanceof Published)) {
      throw new ProblemException(Publications.problem(outcome));
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("asset", repository.asset().value());
    answer.put("ended", ended.event().getBranch());
    Publications.json(ctx, 202, answer);
    return true;
  }

  private interface Work {
    boolean isPublished();
  }

  private void once(Context ctx, String delivery, Work work) {
    if (deliveries.isKnown(delivery)) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.put("delivery", delivery).put("repeated", true);
      Publications.json(ctx, 200, answer);
      return;
    }
    boolean published = false;
    try {
      published = work.isPublished();
    } finally {
      deliveries.end(delivery, published);
    }
  }
}
