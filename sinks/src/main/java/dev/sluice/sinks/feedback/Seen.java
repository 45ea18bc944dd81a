package dev.sluice.sinks.feedback;

import dev.sluice.events.TicketLink;
import dev.sluice.sinks.ticket.Standing;
import java.time.Instant;
import java.util.Optional;

/**
 * A ticket as it was seen, beside what we know of it.
 *
 * @param standing empty if there is none at the tracker
 * @param at when it was asked for
 * @param request what was made of it at an earlier look
 */
record Seen(
    int partition,
    TicketLink link,
    Optional<Standing> standing,
    Instant at,
    Optional<Request> request) {

  static Seen of(int partition, TicketLink link, Optional<Standing> standing, Instant at) {
    return new Seen(partition, link, standing, at, Optional.empty());
  }

  Seen with(Request made) {
    return new Seen(partition, link, standing, at, Optional.of(made));
  }

  String itemId() {
    return link.getItemId();
  }

  /** Where a person finds it. */
  String url() {
    return link.getUrl() == null ? String.valueOf(link.getKey()) : link.getUrl();
  }
}
