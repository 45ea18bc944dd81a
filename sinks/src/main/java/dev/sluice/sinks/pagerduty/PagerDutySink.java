package dev.sluice.sinks.pagerduty;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
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
import dev.sluice.sinks.http.HttpCall;
import dev.sluice.sinks.http.HttpReply;
import dev.sluice.sinks.http.HttpSender;
import dev.sluice.sinks.http.RetryTable;
import dev.sluice.sinks.text.ItemText;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Triggers an incident for each item that is open, and resolves it when the item is not. */
public final class PagerDutySink implements Sink {
  public static final SinkType TYPE =
      new SinkType(
          new SinkDescriptor(
              "pagerduty",
              "PagerDuty",
              PagerDutySettings.class,
              Wants.CURRENT_STATE,
              true,
              false,
              "One incident per item and episode, by its dedup_key; an incident that was opened and"
                  + " resolved right before a crash may be opened and resolved once more."),
          PagerDutySink::open);

  private static final String PATH = "/v2/enqueue";

  /** Fields that a refusal may name: nothing else of an answer is quoted. */
  private static final List<String> FIELDS =
      List.of(
          "routing_key",
          "event_action",
          "dedup_key",
          "summary",
          "source",
          "severity",
          "timestamp",
          "custom_details",
          "links",
          "payload");

  private final String routingKey;
  private final Destination destination;
  private final HttpSender sender;
  private final RetryTable table;
  private final Clock clock;

  private PagerDutySink(
      SecretValue routingKey, Destination destination, HttpSender sender, Clock clock) {
    this.routingKey = routingKey.reveal();
    this.destination = destination;
    this.sender = sender;
    this.table = new RetryTable(clock);
    this.clock = clock;
  }

  private static Sink open(SinkSettings settings, SinkEnvironment environment) {
    PagerDutySettings own = settings.pagerduty();
    String key = "sinks." + environment.name() + ".pagerduty.";
    SecretValue routingKey = own.routingKey();
    if (routingKey == null || !routingKey.reveal().matches("[0-9A-Za-z]{32}")) {
      throw new IllegalArgumentException(
          key
              + "routing-key: not the 32 letters and digits of an integration key; a service shows"
              + " it under Integrations, Events API v2");
    }
    Destination destination = Destination.of(key + "url", own.url(), own.http());
    HttpSender sender = new HttpSender(destination, own.http(), settings.concurrency());
    return new PagerDutySink(routingKey, destination, sender, environment.clock());
  }

  @Override
  public Delivery deliver(ActionItem item, ActionEvent event, SinkContext context) {
    Optional<TicketLink> left =
        context.earlier().filter(link -> link.getState() != TicketState.CLOSED);
    if (left.isPresent() && context.link().isEmpty()) {
      // The end of the episode before was passed over during an outage.
      String key = PagerDutyEvent.key(item.getId(), left.get().getEpisode());
      Delivery closed = send(key, PagerDutyEvent.resolve(routingKey, key));
      if (!(closed instanceof Delivery.Delivered)) {
        return closed;
      }
    }
    String key = PagerDutyEvent.key(item.getId(), item.getEpisode());
    return send(
        key,
        ItemText.isOpen(item)
            ? PagerDutyEvent.trigger(routingKey, item, clock.instant())
            : PagerDutyEvent.resolve(routingKey, key));
  }

  @Override
  public void close() {
    sender.close();
  }

  private Delivery send(String key, byte[] body) {
    try {
      HttpReply reply =
          sender.send(
              new HttpCall("POST", PATH, Map.of(), body, "application/json", HttpSender.MAX_BODY));
      Delivery usual = table.classify(reply, destination);
      if (usual instanceof Delivery.Delivered) {
        return Delivery.delivered(key, null);
      }
      return reply.status() == 400 ? refused(reply) : usual;
    } catch (IOException e) {
      return table.classify(e, destination);
    }
  }

  private Delivery refused(HttpReply reply) {
    String answer = reply.text();
    List<String> named = FIELDS.stream().filter(answer::contains).toList();
    String reason = "HTTP 400 from " + destination;
    return Delivery.rejected(
        named.isEmpty() ? reason : reason + ": it refuses " + String.join(", ", named));
  }
}
