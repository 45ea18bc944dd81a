package dev.sluice.sinks.slack;

import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.alert.Alert;
import dev.sluice.sinks.alert.AlertContext;
import dev.sluice.sinks.alert.AlertSink;
import dev.sluice.sinks.alert.AlertText;
import dev.sluice.sinks.alert.HookPost;
import java.util.Set;

/** Posts each alert as one message of blocks to an incoming webhook. */
public final class SlackSink implements AlertSink {
  public static final SinkType TYPE =
      SinkType.ofAlerts(
          new SinkDescriptor(
              "slack",
              "Slack",
              SlackSettings.class,
              Wants.EVERY_EVENT,
              true,
              false,
              "One message for each alert; where the answer to a message was lost it is posted"
                  + " again, for Slack knows no key of a repeat."),
          SlackSink::open);

  /** The app was removed, or the channel is no more: no later message will fare better. */
  private static final Set<String> GONE =
      Set.of(
          "no_service",
          "no_service_id",
          "no_active_hooks",
          "no_team",
          "team_disabled",
          "invalid_token",
          "channel_is_archived",
          "channel_not_found");

  private final HookPost hook;

  private SlackSink(HookPost hook) {
    this.hook = hook;
  }

  private static AlertSink open(SinkSettings settings, SinkEnvironment environment) {
    SlackSettings own = settings.slack();
    return new SlackSink(
        new HookPost(
            "sinks." + environment.name() + ".slack.url",
            own.url(),
            own.http(),
            settings.concurrency(),
            environment.clock(),
            GONE));
  }

  @Override
  public Delivery deliver(Alert alert, AlertContext context) {
    return hook.post(SlackMessage.of(AlertText.of(alert)));
  }

  @Override
  public void close() {
    hook.close();
  }
}
