package dev.sluice.sinks.feedback;

import dev.sluice.events.FeedbackKind;
import dev.sluice.sinks.ticket.Act;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody asks for by what they did to a ticket.
 *
 * @param act empty if the tracker has no record of it
 */
record Request(FeedbackKind kind, Act act) {
  Request {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(act, "act");
  }

  static Request of(Act act, FeedbackSettings settings) {
    FeedbackKind kind =
        switch (act.kind()) {
          case REOPENED -> FeedbackKind.REOPENED;
          case ASSIGNED -> FeedbackKind.ASSIGNED;
          case CLOSED ->
              settings.saysFalse(act.words())
                  ? FeedbackKind.FALSE_POSITIVE
                  : settings.asksToAccept(act.words())
                      ? FeedbackKind.ACCEPTED
                      : FeedbackKind.CLOSED;
        };
    return new Request(kind, act);
  }

  /** Who asks, for people. */
  String who() {
    return act.actor().orElse("somebody");
  }

  Optional<String> actor() {
    return act.actor();
  }
}
