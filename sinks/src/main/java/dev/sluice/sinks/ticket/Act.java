package dev.sluice.sinks.ticket;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody did to a ticket, by the tracker's own record of it.
 *
 * @param actor account name or id that its owner cannot change; empty if the tracker does not say
 * @param words what it was closed as: resolution, status, state reason, labels
 * @param comment what they wrote with it
 */
public record Act(
    Kind kind, Optional<String> actor, Set<String> words, Optional<String> comment, Instant at) {

  /** What they did. */
  public enum Kind {
    CLOSED,
    REOPENED,
    ASSIGNED
  }

  public Act {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(actor, "actor");
    words = Set.copyOf(words);
    Objects.requireNonNull(comment, "comment");
    Objects.requireNonNull(at, "at");
  }
}
