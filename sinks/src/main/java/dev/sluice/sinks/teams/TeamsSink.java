package dev.sluice.sinks.teams;

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

/** Posts each alert as one card to a workflow. */
public final class TeamsSink implements AlertSink {
  public static final SinkType TYPE =
      SinkType.ofAlerts(
          new SinkDescriptor(
              "teams",
              "Microsoft Teams",
              TeamsSettings.class,
              Wants.EVERY_EVENT,
              true,
              false,
              "One card for each alert; where the answer to a card was lost it is posted again, for"
                  + " a workflow knows no key of a repeat."),
          TeamsSink::open);

  /** The workflow was deleted or switched off. */
  private static final Set<String> GONE =
      Set.of("WorkflowNotFound", "WorkflowTriggerIsNotEnabled", "WorkflowTriggerNotFound");

  private final HookPost hook;

  private TeamsSink(HookPost hook) {
    this.hook = hook;
  }

  private static AlertSink open(SinkSettings settings, SinkEnvironment environment) {
    TeamsSettings own = settings.teams();
    return new TeamsSink(
        new HookPost(
            "sinks." + environment.name() + ".teams.url",
            own.url(),
            own.http(),
            settings.concurrency(),
            environment.clock(),
            GONE));
  }

  @Override
  public Delivery deliver(Alert alert, AlertContext context) {
    return hook.post(TeamsCard.of(AlertText.of(alert)));
  }

  @Override
  public void close() {
    hook.close();
  }
}
