package dev.sluice.producers.publish;

import java.io.IOException;

/** Ends the reading of a report from inside its handler, with the outcome of the publication. */
final class PublishStop extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient PublishOutcome outcome;

  PublishStop(PublishOutcome outcome) {
    super("publishing stopped");
    this.outcome = outcome;
  }

  PublishOutcome outcome() {
    return outcome;
  }
}
