package dev.sluice.sinks.ticket;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Some tickets of a listing.
 *
 * @param next what to ask with for those after them; empty if there are none
 */
public record Page(List<Standing> tickets, Optional<String> next) {
  public Page {
    tickets = List.copyOf(tickets);
    Objects.requireNonNull(next, "next");
  }
}
