package dev.sluice.producers.format.helm;

import dev.sluice.producers.format.Claims;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonOutline;
import dev.sluice.producers.format.json.JsonOutline.Root;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportFormat;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.List;

/**
 * Helm's {@code -o json} of {@code list}, {@code get metadata}, {@code status}, {@code install} and
 * {@code upgrade}: which chart in which version runs where, and where a manifest is there, with
 * which images.
 */
public final class HelmReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("helm-json", "Helm releases as JSON", List.of("helm"));

  private final ReaderSettings settings;

  public HelmReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    boolean any = outline.root() == Root.ARRAY || outline.root() == Root.OBJECT;
    return any
        && outline.hasAll("name", "namespace")
        && (outline.hasAll("chart", "revision", "status")
            || outline.hasAll("info.status", "info.last_deployed"));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    handler.scan(
        new ScanFacts(
            Scanners.of("helm", null, null, null),
            Scanners.everything(),
            null,
            null,
            null,
            null,
            null,
            null,
            false));
    long[] releases = {0};
    JsonCursor.document(
        report,
        new Warnings(handler),
        json -> {
          if (json.isObject()) {
            release(json, handler, releases);
          } else {
            json.records(() -> release(json, handler, releases));
          }
        });
    handler.componentsSeen(releases[0]);
  }

  private void release(JsonCursor json, ReportHandler handler, long[] releases)
      throws IOException, UnreadableReportException {
    releases[0]++;
    ObservationDraft draft = new ObservationDraft(settings.redactor());
    new HelmRelease(settings.redactor(), draft).read(json);
    Claims.pass(json, draft, "name", handler);
  }
}
