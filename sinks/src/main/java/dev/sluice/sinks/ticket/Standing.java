package dev.sluice.sinks.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * A ticket as it stands at the tracker.
 *
 * @param ticket with its key
 * @param open whether it still asks for work
 * @param raw as the tracker sent it
 */
public record Standing(Ticket ticket, boolean open, JsonNode raw) {
  public Standing {
    Objects.requireNonNull(raw, "raw");
    if (ticket.key().isEmpty()) {
      throw new IllegalArgumentException("a ticket that stands has a key");
    }
  }

  public String key() {
    return ticket.key().orElseThrow();
  }
}
