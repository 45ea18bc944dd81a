package dev.sluice.producers.format.gitleaks;

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
 * gitleaks' {@code --report-format json}: an array of leaks, as version 8 writes them and as
 * versions before it did. It says nothing of the scan.
 */
public final class GitleaksReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("gitleaks-json", "gitleaks JSON", List.of("gitleaks"));

  private final ReaderSettings settings;

  public GitleaksReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    return outline.root() == Root.ARRAY
        && (outline.hasAll("RuleID", "Match")
            || outline.hasAll("RuleID", "Secret")
            || outline.hasAll("offender", "rule"));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    // Only versions before 8 name the repository, in every entry.
    String repository = JsonOutline.of(ReportHead.of(report)).value("repoURL");
    handler.scan(
        new ScanFacts(
            Scanners.of("gitleaks", null, null, null),
            Scanners.everything(),
            repository.isBlank() ? null : settings.redactor().withoutLogin(repository),
            null,
            null,
            null,
            null,
            null,
            false));
    RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
    JsonCursor.document(
        report,
        new Warnings(handler),
        json ->
            json.records(
                () -> {
                  ObservationDraft draft = new ObservationDraft(settings.redactor());
                  new GitleaksLeak(paths, settings.redactor(), draft).read(json);
                  Claims.pass(json, draft, "RuleID", handler);
                }));
  }
}
