package dev.sluice.streams.rules.life;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Change;
import dev.sluice.events.ItemStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happens to an item when its findings change: opened, changed, reopened, resolved, withdrawn.
 */
public final class ItemLife {
  private ItemLife() {}

  /** Why something happened. */
  public record Cause(String cause, String id, String traceparent) {
    /** Begins the id of a change of what a team says of an asset. */
    public static final String PROFILE = "profile of ";

    /** Whether the team says something else of the asset: who is to act, perhaps. */
    public boolean isProfile() {
      return id != null && id.startsWith(PROFILE);
    }
  }

  /** An item in its new state and what happened to it. */
  public record Step(ActionItem item, ActionEvent event) {}

  /**
   * The item holds findings.
   *
   * @param before the item as it was sent last, or null
   * @param now the item as it was put together, without its life
   * @return empty if nothing changed
   */
  public static Optional<Step> held(ActionItem before, ActionItem now, Cause cause, Instant at) {
    boolean open = before != null && before.getStatus() == ItemStatus.OPEN;
    now.setStatus(ItemStatus.OPEN);
    now.setEpisode(before == null ? 1 : open ? before.getEpisode() : before.getEpisode() + 1);
    now.setOpenedAt(open ? before.getOpenedAt() : at);
    now.setContentHash(Revisions.hash(now));
    if (open && now.getContentHash().equals(before.getContentHash())) {
      return Optional.empty();
    }
    ActionEventType type = ActionEventType.OPENED;
    if (open) {
      boolean exploited = now.getKnownExploited() && !before.getKnownExploited();
      type = exploited ? ActionEventType.EXPLOITED : ActionEventType.CHANGED;
    } else if (before != null) {
      type = ActionEventType.REOPENED;
    }
    List<Change> changes = open ? Changes.between(before, now) : List.of();
    return Optional.of(step(before, now, type, changes, cause, at));
  }

  /**
   * The item holds nothing any more.
   *
   * @param status resolved, withdrawn or accepted
   * @param reason why, in one sentence
   * @return empty if it was not open
   */
  public static Optional<Step> left(
      ActionItem before, ItemStatus status, String reason, Cause cause, Instant at) {
    if (before == null || before.getStatus() != ItemStatus.OPEN) {
      return Optional.empty();
    }
    ActionItem now = ActionItem.newBuilder(before).build();
    now.setStatus(status);
    now.setStatusReason(reason);
    now.setResolvedAt(status == ItemStatus.RESOLVED ? at : null);
    now.setContentHash(Revisions.hash(now));
    ActionEventType type =
        status == ItemStatus.RESOLVED ? ActionEventType.RESOLVED : ActionEventType.WITHDRAWN;
    return Optional.of(step(before, now, type, List.of(), cause, at));
  }

  /** A reminder: nothing about the item changes, so neither does its revision. */
  public static ActionEvent reminder(ActionItem item, ActionEventType type, Instant at) {
    return event(item, type, List.of(), new Cause("clock", null, null), at);
  }

  private static Step step(
      ActionItem before,
      ActionItem now,
      ActionEventType type,
      List<Change> changes,
      Cause cause,
      Instant at) {
    now.setRevision(before == null ? 1 : before.getRevision() + 1);
    now.setUpdatedAt(at);
    now.setTraceparent(cause.traceparent());
    return new Step(now, event(now, type, changes, cause, at));
  }

  private static ActionEvent event(
      ActionItem item, ActionEventType type, List<Change> changes, Cause cause, Instant at) {
    return ActionEvent.newBuilder()
        .setId(Revisions.eventId(item, type))
        .setItemId(item.getId())
        .setType(type)
        .setAt(at)
        .setChanges(changes)
        .setItem(item)
        .setCause(cause.cause())
        .setCauseId(cause.id())
        .build();
  }
}
