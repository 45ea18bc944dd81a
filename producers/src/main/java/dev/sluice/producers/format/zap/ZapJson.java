package dev.sluice.producers.format.zap;

import dev.sluice.producers.format.Claims;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** One site of a JSON report. Evidence, attacks, requests and answers are not read. */
final class ZapJson {
  private final ReaderSettings settings;
  private final ReportHandler handler;
  private String site;

  ZapJson(ReaderSettings settings, ReportHandler handler) {
    this.settings = settings;
    this.handler = handler;
  }

  void site(JsonCursor json) throws IOException, UnreadableReportException {
    json.object(
        field -> {
          switch (field) {
            case "@name" -> site = json.text();
            case "alerts" -> json.records(() -> alert(json));
            default -> {}
          }
        });
  }

  private void alert(JsonCursor json) throws IOException, UnreadableReportException {
    ZapAlert alert = new ZapAlert(settings.redactor());
    json.object(
        field -> {
          if (field.equals("instances")) {
            json.objects(() -> instance(json, alert));
          } else if (ZapAlert.wants(field)) {
            alert.field(field, json.scalar());
          }
        });
    ObservationDraft draft = alert.draft(site);
    Claims.pass(json, draft, "pluginid", handler);
  }

  private static void instance(JsonCursor json, ZapAlert alert)
      throws IOException, UnreadableReportException {
    String[] parts = {null, null, null};
    json.object(
        field -> {
          switch (field) {
            case "method" -> parts[0] = json.text();
            case "uri" -> parts[1] = json.text();
            case "param" -> parts[2] = json.text();
            default -> {}
          }
        });
    alert.instance(parts[0], parts[1], parts[2]);
  }
}
