package dev.sluice.sinks.runner;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemStatus;
import java.time.Instant;

/** The event that stands for an item's state where no event of the topic does. */
final class StateEvent {
  /** What is stated as the cause. */
  static final String CAUSE = "state";

  private StateEvent() {}

  /**
   * @param known whether the receiver has heard of this episode
   */
  static ActionEvent of(ActionItem item, boolean known, Instant now) {
    return ActionEvent.newBuilder()
        .setId("state-%s-%d-%d".formatted(item.getId(), item.getEpisode(), item.getRevision()))
        .setItemId(item.getId())
        .setType(type(item, known))
        .setAt(item.getUpdatedAt() == null ? now : item.getUpdatedAt())
        .setItem(item)
        .setCause(CAUSE)
        .build();
  }

  private static ActionEventType type(ActionItem item, boolean known) {
    if (item.getStatus() == ItemStatus.RESOLVED) {
      return ActionEventType.RESOLVED;
    }
    if (item.getStatus() != ItemStatus.OPEN) {
      return ActionEventType.WITHDRAWN;
    }
    if (known) {
      return ActionEventType.CHANGED;
    }
    return item.getEpisode() > 1 ? ActionEventType.REOPENED : ActionEventType.OPENED;
  }
}
