package dev.sluice.sinks.alert;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;

/** An alert sink that is fed event by event: each is an alert of its own. */
public final class SingleAlerts implements Sink {
  private final AlertSink alerts;

  public SingleAlerts(AlertSink alerts) {
    this.alerts = alerts;
  }

  @Override
  public Delivery deliver(ActionItem item, ActionEvent event, SinkContext context)
      throws InterruptedException {
    Alert alert =
        new AlertDraft("").add(item, event).build(AlertKind.SINGLE, context.idempotencyKey());
    return alerts.deliver(alert, new AlertContext(context.attempt()));
  }

  @Override
  public void close() {
    alerts.close();
  }
}
