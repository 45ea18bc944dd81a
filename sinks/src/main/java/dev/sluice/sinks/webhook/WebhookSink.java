package dev.sluice.sinks.webhook;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.settings.SecretValue;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.http.Destination;
import dev.sluice.sinks.http.HttpSender;
import dev.sluice.sinks.http.RetryTable;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Posts each event as a CloudEvent with a Standard Webhooks signature. */
public final class WebhookSink implements Sink {
  public static final SinkType TYPE =
      new SinkType(
          new SinkDescriptor(
              "webhook",
              "Webhook",
              WebhookSettings.class,
              Wants.EVERY_EVENT,
              true,
              false,
              "At least once, every attempt with the same webhook-id; a receiver that remembers ids"
                  + " acts once."),
          WebhookSink::open);

  private final WebhookSettings settings;
  private final WebhookSigner signer;
  private final Destination destination;
  private final HttpSender sender;
  private final RetryTable table;
  private final Clock clock;

  private WebhookSink(
      WebhookSettings settings,
      WebhookSigner signer,
      Destination destination,
      HttpSender sender,
      Clock clock) {
    this.settings = settings;
    this.signer = signer;
    this.destination = destination;
    this.sender = sender;
    this.table = new RetryTable(clock);
    this.clock = clock;
  }

  private static Sink open(SinkSettings settings, SinkEnvironment environment) {
    WebhookSettings own = settings.webhook();
    String key = "sinks." + environment.name() + ".webhook.";
    Destination destination = Destination.of(key + "url", own.url(), own.http());
    WebhookSigner signer = WebhookSigner.of(key + "secrets", own.secrets());
    HttpSender sender = new HttpSender(destination, own.http(), settings.concurrency());
    return new WebhookSink(own, signer, destination, sender, environment.clock());
  }

  @Override
  public Delivery deliver(ActionItem item, ActionEvent event, SinkContext context) {
    CloudEvent cloud = CloudEvent.of(settings.mode(), settings.source(), event, item);
    Map<String, String> headers = new HashMap<>(settings.headers());
    headers.putAll(cloud.headers());
    headers.putAll(signer.headers(context.idempotencyKey(), clock.instant(), cloud.body()));
    SecretValue authorization = settings.authorization();
    if (authorization != null && !authorization.isEmpty()) {
      headers.put("Authorization", authorization.reveal());
    }
    try {
      return table.classify(sender.post(headers, cloud.body(), cloud.contentType()), destination);
    } catch (IOException e) {
      return table.classify(e, destination);
    }
  }

  @Override
  public void close() {
    sender.close();
  }
}
