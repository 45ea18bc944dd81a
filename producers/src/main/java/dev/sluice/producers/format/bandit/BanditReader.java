package dev.sluice.producers.format.bandit;

import dev.sluice.producers.format.Claims;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.Times;
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
import java.time.Instant;
import java.util.List;

/**
 * Bandit's {@code -f json}. Read twice, since nothing says that its fields keep their order. A file
 * that Bandit could not parse is a warning: it was not looked at.
 */
public final class BanditReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("bandit-json", "Bandit JSON", List.of("bandit"));
  private static final String TOTALS = "_totals";

  private final ReaderSettings settings;

  public BanditReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    // A report of many files may not come to its results within the head.
    return outline.root() == Root.OBJECT
        && (outline.hasAll("results.test_id", "results.issue_text")
            || outline.hasAll("generated_at", "metrics._totals")
            || outline.hasAll("metrics._totals", "results")
            || outline.hasAll("generated_at", "metrics", "results"));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    Instant[] time = {null};
    long[] files = {-1};
    boolean[] listed = {false};
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  switch (name) {
                    case "generated_at" -> time[0] = Times.parse(json.text());
                    case "errors" ->
                        json.objects(
                            () -> json.warn("Bandit could not read a file; it was not looked at"));
                    case "metrics" -> {
                      files[0] = 0;
                      json.object(file -> files[0] += file.equals(TOTALS) ? 0 : 1);
                    }
                    case "results" -> listed[0] = true;
                    default -> {}
                  }
                }));
    if (!listed[0]) {
      throw new UnreadableReportException(
          report.name() + ": has no list of results; check that Bandit ran to its end");
    }
    handler.scan(
        new ScanFacts(
            Scanners.of("bandit", null, null, null),
            Scanners.everything(),
            null,
            null,
            null,
            null,
            null,
            time[0],
            false));
    if (files[0] >= 0) {
      handler.componentsSeen(files[0]);
    }
    RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  if (name.equals("results")) {
                    json.records(() -> issue(json, paths, handler));
                  }
                }));
  }

  private void issue(JsonCursor json, RepositoryPaths paths, ReportHandler handler)
      throws IOException, UnreadableReportException {
    ObservationDraft draft = new ObservationDraft(settings.redactor());
    new BanditIssue(paths, settings.redactor(), draft).read(json);
    Claims.pass(json, draft, "test_id", handler);
  }
}
