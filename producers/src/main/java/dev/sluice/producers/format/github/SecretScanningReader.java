package dev.sluice.producers.format.github;

import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonOutline;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportFormat;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.List;

/** GitHub's secret scanning alerts: lists of the REST API and webhooks. */
public final class SecretScanningReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat(
          "github-secret-scanning",
          "GitHub secret scanning alerts",
          List.of("github secret scanning"));

  private final ReaderSettings settings;

  public SecretScanningReader(ReaderSettings settings) {
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
      case ARRAY -> outline.hasAll("number", "secret_type") && outline.has("locations_url");
      case OBJECT -> outline.hasAll("action", "alert.number", "alert.secret_type");
      default -> false;
    };
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
    new AlertReading(settings.redactor(), handler, () -> new SecretScanningAlert(paths))
        .read(report);
  }
}
