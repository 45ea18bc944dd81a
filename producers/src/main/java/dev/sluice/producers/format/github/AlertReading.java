package dev.sluice.producers.format.github;

import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Reads a list of alerts, or the body of a webhook about one. Read twice: a webhook names its
 * repository behind the alert, and the time of a list is that of its latest alert.
 */
final class AlertReading {
  private final Redactor redactor;
  private final ReportHandler handler;
  private final Warnings warnings;
  private final Supplier<Alert> alerts;
  private final AlertEvent event = new AlertEvent();
  private Instant newest;
  private boolean found;
  private ScanFacts current;

  AlertReading(Redactor redactor, ReportHandler handler, Supplier<Alert> alerts) {
    this.redactor = redactor;
    this.handler = handler;
    this.warnings = new Warnings(handler);
    this.alerts = alerts;
  }

  void read(Report report) throws IOException, UnreadableReportException {
    report.willReread();
    warnings.mute(true);
    JsonCursor.document(report, warnings, json -> each(json, this::look));
    warnings.mute(false);
    if (!found) {
      throw new UnreadableReportException(
          report.name() + ": has no alert; pass on the whole body of the event");
    }
    JsonCursor.document(report, warnings, json -> each(json, this::publish));
    if (current == null) {
      handler.scan(alerts.get().facts(event, newest));
    }
  }

  private void each(JsonCursor json, JsonCursor.Body body)
      throws IOException, UnreadableReportException {
    if (json.isArray()) {
      found = true;
      json.records(() -> body.read(json));
      return;
    }
    json.structure(
        field -> {
          if (field.equals("alert")) {
            found |= json.isObject();
            body.read(json);
          } else {
            event.read(json, field);
          }
        });
  }

  private void look(JsonCursor json) throws IOException, UnreadableReportException {
    Instant time = read(json).newest();
    if (time != null && (newest == null || time.isAfter(newest))) {
      newest = time;
    }
  }

  private Alert read(JsonCursor json) throws IOException, UnreadableReportException {
    Alert alert = alerts.get();
    alert.read(json);
    return alert;
  }

  private void publish(JsonCursor json) throws IOException, UnreadableReportException {
    publish(json, read(json));
  }

  /** Publishes one alert, in the scan of its own repository. */
  private void publish(JsonCursor json, Alert alert) throws IOException {
    ObservationDraft draft = alert.observation(event, redactor);
    if (!draft.identified()) {
      json.warn("the alert has no id of what it is about and is left out");
      return;
    }
    ScanFacts facts = alert.facts(event, newest);
    if (!facts.equals(current)) {
      handler.scan(facts);
      current = facts;
    }
    handler.observation(draft.build());
  }
}
