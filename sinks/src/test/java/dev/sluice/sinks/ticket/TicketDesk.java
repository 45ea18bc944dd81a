package dev.sluice.sinks.ticket;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the runner's desk does for one item, without threads and Kafka: intents, links, contexts.
 */
public final class TicketDesk {
  private final TreeMap<Integer, TicketLink> links = new TreeMap<>();

  public Delivery deliver(Sink sink, ActionEvent event, Instant now) {
    int episode = event.getItem().getEpisode();
    Optional<TicketLink> before = Optional.ofNullable(links.get(episode));
    if (before.isEmpty()) {
      links.put(episode, link(event, now).setState(TicketState.INTENT).build());
    }
    Delivery delivery = attempt(sink, event, before);
    if (delivery instanceof Delivery.Delivered delivered) {
      String key = delivered.receipt().key().or(() -> before.map(TicketLink::getKey)).orElse(null);
      links.put(episode, link(event, now).setState(TicketState.LINKED).setKey(key).build());
    }
    return delivery;
  }

  /** A ticket that was there before is taken over. */
  void link(ActionEvent event, String key, Instant now) {
    links.put(
        event.getItem().getEpisode(),
        link(event, now).setState(TicketState.LINKED).setKey(key).build());
  }

  /** A delivery whose outcome is lost: the process dies right after it. */
  public void deliverAndDie(Sink sink, ActionEvent event, Instant now) {
    int episode = event.getItem().getEpisode();
    Optional<TicketLink> before = Optional.ofNullable(links.get(episode));
    links.putIfAbsent(episode, link(event, now).setState(TicketState.INTENT).build());
    attempt(sink, event, before);
  }

  private Delivery attempt(Sink sink, ActionEvent event, Optional<TicketLink> before) {
    int episode = event.getItem().getEpisode();
    SinkContext context =
        new SinkContext(
            1,
            event.getId(),
            marker(event),
            Optional.ofNullable(links.get(episode)),
            Optional.ofNullable(links.lowerEntry(episode)).map(entry -> entry.getValue()),
            before.isPresent() && before.get().getKey() == null);
    try {
      return sink.deliver(event.getItem(), event, context);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static TicketLink.Builder link(ActionEvent event, Instant now) {
    return TicketLink.newBuilder()
        .setSink("tracker")
        .setItemId(event.getItemId())
        .setEpisode(event.getItem().getEpisode())
        .setMarker(marker(event))
        .setAt(now);
  }

  private static String marker(ActionEvent event) {
    return "sluice:tracker:" + event.getItemId() + ":" + event.getItem().getEpisode();
  }
}
