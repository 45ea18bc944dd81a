package dev.sluice.producers.format.github;

import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.json.JsonOutline;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportFormat;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.List;

/** Dependabot alerts: lists of the REST API, webhooks, and answers of the GraphQL API. */
public final class DependabotReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("dependabot", "Dependabot alerts", List.of("dependabot"));

  private final ReaderSettings settings;

  public DependabotReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    return switch (outline.root()) {
      case ARRAY -> outline.hasAll("security_advisory", "security_vulnerability");
      case OBJECT ->
          outline.hasAll("alert.security_advisory", "alert.security_vulnerability")
              || outline.hasAll("alert.affected_package_name", "alert.affected_range")
              || GraphqlReading.recognises(head);
      default -> false;
    };
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    if (GraphqlReading.recognises(ReportHead.of(report))) {
      new GraphqlReading(settings.redactor(), handler).read(report);
    } else {
      new AlertReading(settings.redactor(), handler, DependabotAlert::new).read(report);
    }
  }
}
