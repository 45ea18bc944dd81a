package dev.sluice.sinks;

import dev.sluice.events.TicketLink;
import java.util.Objects;
import java.util.Optional;

/**
 * What a sink knows about one delivery besides the item and the event.
 *
 * @param attempt counts from 1; above 1 an earlier attempt of this process may have reached the
 *     receiver
 * @param idempotencyKey the event's id: the same for every attempt, also after a crash
 * @param marker deterministic mark of this sink, item and episode, by which a ticket is found again
 * @param link what this sink sent for this episode; its state is INTENT while a create is under way
 * @param earlier what this sink sent for the latest earlier episode of the item
 * @param lookFirst whether a create may have happened unseen: look for the marker before creating
 */
public record SinkContext(
    int attempt,
    String idempotencyKey,
    String marker,
    Optional<TicketLink> link,
    Optional<TicketLink> earlier,
    boolean lookFirst) {

  public SinkContext {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt counts from 1, not " + attempt);
    }
    Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    Objects.requireNonNull(marker, "marker");
    Objects.requireNonNull(link, "link");
    Objects.requireNonNull(earlier, "earlier");
  }
}
