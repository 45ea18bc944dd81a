package dev.sluice.sinks.github;

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

/** Keeps an issue per action item in one GitHub repository. */
public final class GitHubSink {
  public static final SinkType TYPE =
      new SinkType(
          new SinkDescriptor(
              "github",
              "GitHub Issues",
              GitHubSettings.class,
              Wants.CURRENT_STATE,
              true,
              true,
              "One issue per item: after an unanswered create it is looked for in the repository's"
                  + " own listing, for as long as settle says, before another is created."),
          GitHubSink::open);

  /** Owner and name, of the characters that GitHub allows in them. */
  private static final String REPOSITORY = "[A-Za-z0-9-]+/[A-Za-z0-9._-]+";

  private GitHubSink() {}

  private static Sink open(SinkSettings settings, SinkEnvironment environment) {
    GitHubSettings own = settings.github();
    String key = "sinks." + environment.name() + ".github.";
    if (own.repository() == null || !own.repository().matches(REPOSITORY)) {
      throw new IllegalArgumentException(key + "repository: must be OWNER/NAME, as in its URL");
    }
    if (own.token() == null || own.token().isEmpty()) {
      throw new IllegalArgumentException(
          key + "token: missing; make a fine-grained one with access to issues of this repository");
    }
    Destination destination = Destination.of(key + "url", own.url(), own.http());
    TrackerCalls calls =
        new TrackerCalls(
            destination,
            new HttpSender(destination, own.http(), settings.concurrency()),
            new RetryTable(environment.clock()),
            () ->
                Map.of(
                    "Accept", "application/vnd.github+json",
                    "Authorization", "Bearer " + own.token().reveal(),
                    "X-GitHub-Api-Version", "2022-11-28"),
            new GitHubLimits(environment.clock(), destination));
    return new TicketSink(
        new GitHubTracker(own, calls),
        own.settle(),
        settings.reconcile().deleted(),
        environment.clock());
  }
}
