package dev.sluice.sinks.gitlab;

import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.http.Destination;
import dev.sluice.sinks.http.HttpSender;
import dev.sluice.sinks.http.RetryTable;
import dev.sluice.sinks.ticket.TicketSink;
import dev.sluice.sinks.ticket.TrackerCalls;
import java.util.Map;
import java.util.Optional;

/** Keeps an issue per action item in one GitLab project. */
public final class GitLabSink {
  public static final SinkType TYPE =
      new SinkType(
          new SinkDescriptor(
              "gitlab",
              "GitLab Issues",
              GitLabSettings.class,
              Wants.CURRENT_STATE,
              true,
              true,
              "One issue per item: after an unanswered create it is looked for in the project's own"
                  + " listing, for as long as settle says, before another is created."),
          GitLabSink::open);

  private static final String PROJECT = "[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*";

  private GitLabSink() {}

  private static Sink open(SinkSettings settings, SinkEnvironment environment) {
    GitLabSettings own = settings.gitlab();
    String key = "sinks." + environment.name() + ".gitlab.";
    if (own.project() == null || !own.project().matches(PROJECT)) {
      throw new IllegalArgumentException(
          key + "project: must be GROUP/NAME as in its URL, or the project's id");
    }
    if (own.token() == null || own.token().isEmpty()) {
      throw new IllegalArgumentException(key + "token: missing; make one of the project");
    }
    Destination destination = Destination.of(key + "url", own.url(), own.http());
    TrackerCalls calls =
        new TrackerCalls(
            destination,
            new HttpSender(destination, own.http(), settings.concurrency()),
            new RetryTable(environment.clock()),
            () -> Map.of("Accept", "application/json", "PRIVATE-TOKEN", own.token().reveal()),
            reply -> Optional.empty());
    return new TicketSink(
        new GitLabTracker(own, calls),
        own.settle(),
        settings.reconcile().deleted(),
        environment.clock());
  }
}
