package dev.sluice.sinks.alert;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import java.util.Objects;
import java.util.Optional;

/**
 * One item in an alert.
 *
 * @param item its newest state
 * @param event what happened to it; of several events the one that says most
 * @param ticket where people work on it, where known
 */
public record AlertEntry(ActionItem item, ActionEvent event, Optional<String> ticket) {
  public AlertEntry {
    Objects.requireNonNull(item, "item");
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(ticket, "ticket");
  }

  /** This and a later event of the same item as one. */
  AlertEntry then(AlertEntry later) {
    boolean mineSaysMore =
        Worth.weight(event) > Worth.weight(later.event) && !Worth.isEnd(later.event.getType());
    return new AlertEntry(
        later.item, mineSaysMore ? event : later.event, later.ticket.or(() -> ticket));
  }
}
