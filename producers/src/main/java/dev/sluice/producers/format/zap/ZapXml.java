package dev.sluice.producers.format.zap;

import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.xml.XmlCursor;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** One site of an XML report. */
final class ZapXml {
  private final ReaderSettings settings;
  private final ReportHandler handler;
  private String site;

  ZapXml(ReaderSettings settings, ReportHandler handler) {
    this.settings = settings;
    this.handler = handler;
  }

  void site(XmlCursor xml) throws IOException, UnreadableReportException {
    site = xml.attribute("name");
    xml.children(
        name -> {
          if (name.equals("alerts")) {
            xml.children(
                each -> {
                  if (each.equals("alertitem")) {
                    alert(xml);
                  }
                });
          }
        });
  }

  private void alert(XmlCursor xml) throws IOException, UnreadableReportException {
    ZapAlert alert = new ZapAlert(settings.redactor());
    xml.children(
        field -> {
          if (field.equals("instances")) {
            xml.children(each -> instance(xml, alert));
          } else if (ZapAlert.wants(field)) {
            alert.field(field, xml.text());
          }
        });
    ObservationDraft draft = alert.draft(site);
    if (draft.identified()) {
      handler.observation(draft.build());
    } else {
      xml.warn("the alert has no pluginid and cannot be told from others; it is left out");
    }
  }

  private static void instance(XmlCursor xml, ZapAlert alert)
      throws IOException, UnreadableReportException {
    String[] parts = {null, null, null};
    xml.children(
        field -> {
          switch (field) {
            case "method" -> parts[0] = xml.text();
            case "uri" -> parts[1] = xml.text();
            case "param" -> parts[2] = xml.text();
            default -> {}
          }
        });
    alert.instance(parts[0], parts[1], parts[2]);
  }
}
