package dev.sluice.producers.webhook;

import dev.sluice.events.LineEnded;

/** What a webhook says of a line of development. */
public sealed interface LineNews {
  /**
   * It has ended.
   *
   * @param repository address of the repository
   */
  record Ended(String repository, LineEnded event) implements LineNews {}

  /** Nothing has ended; the note says why, for whoever looks at the delivery. */
  record Nothing(String note) implements LineNews {}

  /** The body is not what it says it is; the message says what is missing. */
  record Unusable(String message) implements LineNews {}
}
