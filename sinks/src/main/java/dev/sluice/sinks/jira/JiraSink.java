package dev.sluice.sinks.jira;

import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.http.Destination;
import dev.sluice.sinks.http.HttpSender;
import dev.sluice.sinks.http.RetryTable;
import dev.sluice.sinks.jira.JiraSettings.Edition;
import dev.sluice.sinks.ticket.TicketSink;
import dev.sluice.sinks.ticket.TrackerCalls;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Keeps an issue per action item in one Jira project. */
public final class JiraSink {
  public static final SinkType TYPE =
      new SinkType(
          new SinkDescriptor(
              "jira",
              "Jira",
              JiraSettings.class,
              Wants.CURRENT_STATE,
              true,
              true,
              "One issue per item, unless Jira's search shows one only later than settle after it"
                  + " was created and the answer to that was lost."),
          JiraSink::open);

  private JiraSink() {}

  private static Sink open(SinkSettings settings, SinkEnvironment environment) {
    JiraSettings own = settings.jira();
    String key = "sinks." + environment.name() + ".jira.";
    if (own.project() == null || !own.project().matches("[A-Z][A-Z0-9_]*")) {
      throw new IllegalArgumentException(key + "project: must be a project's key, as in SEC-17");
    }
    if (own.token() == null || own.token().isEmpty()) {
      throw new IllegalArgumentException(key + "token: missing");
    }
    boolean cloud = own.edition() == Edition.CLOUD;
    if (cloud && (own.user() == null || own.user().isBlank())) {
      throw new IllegalArgumentException(
          key + "user: missing; Jira Cloud wants the mail address of the token's account");
    }
    Destination destination = Destination.of(key + "url", own.url(), own.http());
    TrackerCalls calls =
        new TrackerCalls(
            destination,
            new HttpSender(destination, own.http(), settings.concurrency()),
            new RetryTable(environment.clock()),
            () -> Map.of("Accept", "application/json", "Authorization", authorization(own)),
            reply -> Optional.empty());
    return new TicketSink(
        new JiraTracker(own, calls, environment.clock()),
        own.settle(),
        settings.reconcile().deleted(),
        environment.clock());
  }

  private static String authorization(JiraSettings own) {
    String token = own.token().reveal();
    if (own.edition() == Edition.DATA_CENTER) {
      return "Bearer " + token;
    }
    byte[] pair = (own.user() + ":" + token).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
