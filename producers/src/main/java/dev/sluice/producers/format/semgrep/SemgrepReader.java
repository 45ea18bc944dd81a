package dev.sluice.producers.format.semgrep;

import dev.sluice.producers.format.Claims;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.RepositoryPaths;
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
 * Semgrep's {@code --json}: code, secrets and supply chain. Version and scanned paths come behind
 * the results or before them, so the report is read twice.
 */
public final class SemgrepReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("semgrep-json", "Semgrep JSON", List.of("semgrep", "opengrep"));

  private final ReaderSettings settings;

  public SemgrepReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    boolean bare =
        outline.hasAll("results", "errors")
            && !outline.has("metrics")
            && !outline.has("generated_at")
            && !outline.has("results.test_id")
            && !outline.has("results.packages");
    return outline.root() == Root.OBJECT
        && (outline.hasAll("results.check_id", "results.path")
            || outline.hasAll("results", "paths.scanned")
            || outline.hasAll("results", "skipped_rules")
            || bare);
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    SemgrepScan scan = new SemgrepScan(settings.redactor());
    JsonCursor.document(report, warnings, json -> json.structure(name -> scan.read(json, name)));
    if (!scan.listed()) {
      throw new UnreadableReportException(
          report.name() + ": has no list of results; check that Semgrep ran to its end");
    }
    handler.scan(
        new ScanFacts(
            Scanners.of("semgrep", scan.version(), null, null),
            Scanners.everything(),
            null,
            null,
            null,
            null,
            null,
            null,
            false));
    if (scan.scanned() != null) {
      handler.componentsSeen(scan.scanned());
    }
    RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  if (name.equals("results")) {
                    json.records(() -> result(json, paths, handler));
                  }
                }));
  }

  private void result(JsonCursor json, RepositoryPaths paths, ReportHandler handler)
      throws IOException, UnreadableReportException {
    ObservationDraft draft = new ObservationDraft(settings.redactor());
    new SemgrepResult(paths, settings.redactor(), draft).read(json);
    Claims.pass(json, draft, "check_id", handler);
  }
}
