package dev.sluice.sinks;

import dev.sluice.sinks.alertmanager.AlertmanagerSink;
import dev.sluice.sinks.console.ConsoleSink;
import dev.sluice.sinks.github.GitHubSink;
import dev.sluice.sinks.gitlab.GitLabSink;
import dev.sluice.sinks.jira.JiraSink;
import dev.sluice.sinks.jsonlines.JsonLinesSink;
import dev.sluice.sinks.mail.MailSink;
import dev.sluice.sinks.pagerduty.PagerDutySink;
import dev.sluice.sinks.redmine.RedmineSink;
import dev.sluice.sinks.slack.SlackSink;
import dev.sluice.sinks.syslog.SyslogSink;
import dev.sluice.sinks.teams.TeamsSink;
import dev.sluice.sinks.webhook.WebhookSink;
import java.util.List;
import java.util.stream.Collectors;

/** Every kind of sink. */
public final class Sinks {
  private static final List<SinkType> ALL =
      List.of(
          ConsoleSink.TYPE,
          JsonLinesSink.TYPE,
          WebhookSink.TYPE,
          GitHubSink.TYPE,
          JiraSink.TYPE,
          RedmineSink.TYPE,
          GitLabSink.TYPE,
          PagerDutySink.TYPE,
          AlertmanagerSink.TYPE,
          SlackSink.TYPE,
          TeamsSink.TYPE,
          MailSink.TYPE,
          SyslogSink.TYPE);

  private Sinks() {}

  /** All kinds, in the order of the documentation. */
  public static List<SinkType> all() {
    return ALL;
  }

  /**
   * The kind with this name.
   *
   * @param name key of the configured sink, for the message
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public static SinkType of(String name, String type) {
    return ALL.stream()
        .filter(known -> known.descriptor().type().equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "sinks.%s.type: \"%s\" is no sink type; known are %s"
                        .formatted(name, type, names())));
  }

  private static String names() {
    return ALL.stream().map(known -> known.descriptor().type()).collect(Collectors.joining(", "));
  }
}
