package dev.sluice.sinks.feedback;

import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How a ticket is not what its item is. */
enum Mismatch {
  /** It is what it should be, or what it lacks is on its way. */
  NONE,
  /** People closed it, and there is work left. */
  CLOSED_BY_PEOPLE,
  /** People opened it, and there is none. */
  OPENED_BY_PEOPLE,
  /** People deleted it, and there is work left. */
  DELETED,
  /** The item changed a while ago, and the ticket was not told. */
  LATE,
  /** It was to be created a while ago, and nobody knows whether it was. */
  UNFINISHED;

  /** What was not delivered after this is not on its way. */
  static final Duration ON_ITS_WAY = Duration.ofMinutes(10);

  static Mismatch of(Seen seen, ActionItem item, Instant now) {
    TicketLink link = seen.link();
    boolean open = item.getStatus() == ItemStatus.OPEN || item.getStatus() == ItemStatus.UNKNOWN;
    boolean quiet = now.isAfter(later(link.getAt(), item.getUpdatedAt()).plus(ON_ITS_WAY));
    if (link.getKey() == null) {
      return open && quiet && link.getState() == TicketState.INTENT ? UNFINISHED : NONE;
    }
    boolean told =
        link.getEpisode() == item.getEpisode() && link.getLastRevision() >= item.getRevision();
    if (!told) {
      return quiet ? LATE : NONE;
    }
    if (seen.standing().isEmpty()) {
      return open ? DELETED : NONE;
    }
    boolean asked = seen.standing().get().open();
    if (asked == open) {
      return NONE;
    }
    return open ? CLOSED_BY_PEOPLE : OPENED_BY_PEOPLE;
  }

  private static Instant later(Instant one, Instant other) {
    if (one == null || other == null) {
      return one == null ? (other == null ? Instant.EPOCH : other) : one;
    }
    return one.isAfter(other) ? one : other;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
