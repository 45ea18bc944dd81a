package dev.sluice.sinks.ticket;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Events that no topic holds. Each has a ticket brought back to what its item is, in the order of
 * the item's other deliveries, and says why.
 */
public final class Mending {
  private static final String CAUSE = "mending";

  private Mending() {}

  /**
   * @param item as it is now
   * @param words comment for the ticket, if that has to be opened or closed; empty for none
   */
  public static ActionEvent of(ActionItem item, String words, Instant at) {
    ActionEventType type =
        switch (item.getStatus()) {
          case OPEN, UNKNOWN -> ActionEventType.REOPENED;
          case RESOLVED -> ActionEventType.RESOLVED;
          case WITHDRAWN, ACCEPTED -> ActionEventType.WITHDRAWN;
        };
    return ActionEvent.newBuilder()
        .setId("mend-%s-%d-%d".formatted(item.getId(), item.getRevision(), at.toEpochMilli()))
        .setItemId(item.getId())
        .setType(type)
        .setAt(at)
        .setChanges(
            words.isBlank()
                ? List.of()
                : List.of(Change.newBuilder().setField("ticket").setAfter(words).build()))
        .setItem(item)
        .setCause(CAUSE)
        .build();
  }

  /** What such an event says; empty for every other event. */
  static Optional<String> words(ActionEvent event) {
    return CAUSE.equals(event.getCause()) && !event.getChanges().isEmpty()
        ? Optional.ofNullable(event.getChanges().get(0).getAfter())
        : Optional.empty();
  }
}
