package dev.sluice.sinks.redmine;

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

/** Keeps an issue per action item in one Redmine project. */
public final class RedmineSink {
  public static final SinkType TYPE =
      new SinkType(
          new SinkDescriptor(
              "redmine",
              "Redmine",
              RedmineSettings.class,
              Wants.CURRENT_STATE,
              true,
              true,
              "One issue per item, unless Redmine takes longer than settle to finish a create that"
                  + " it did not answer."),
          RedmineSink::open);

  private RedmineSink() {}

  private static Sink open(SinkSettings settings, SinkEnvironment environment) {
    RedmineSettings own = settings.redmine();
    String key = "sinks." + environment.name() + ".redmine.";
    if (own.project() == null || !own.project().matches("[a-z0-9][a-z0-9_-]*")) {
      throw new IllegalArgumentException(
          key + "project: must be the project's identifier, as in its URL");
    }
    if (own.token() == null || own.token().isEmpty()) {
      throw new IllegalArgumentException(
          key + "token: missing; the API access key stands under My account");
    }
    Destination destination = Destination.of(key + "url", own.url(), own.http());
    TrackerCalls calls =
        new TrackerCalls(
            destination,
            new HttpSender(destination, own.http(), settings.concurrency()),
            new RetryTable(environment.clock()),
            () -> Map.of("Accept", "application/json", "X-Redmine-API-Key", own.token().reveal()),
            reply -> Optional.empty());
    return new TicketSink(
        new RedmineTracker(own, calls),
        own.settle(),
        settings.reconcile().deleted(),
        environment.clock());
  }
}
