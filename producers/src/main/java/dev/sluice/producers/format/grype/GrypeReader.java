package dev.sluice.producers.format.grype;

import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.RepositoryPaths;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonOutline;
import dev.sluice.producers.format.json.JsonOutline.Root;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportFormat;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.List;

/**
 * Grype's {@code -o json}. What was scanned and with which database comes behind the matches, so
 * the report is read twice. {@code ignoredMatches} are observations too, suppressed ones: an ignore
 * rule must not look like a fix.
 */
public final class GrypeReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("grype-json", "Grype JSON", List.of("grype"));

  private final ReaderSettings settings;

  public GrypeReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    return outline.root() == Root.OBJECT
        && (outline.hasAll("matches.vulnerability", "matches.artifact")
            || (outline.has("matches") && outline.value("descriptor.name").equals("grype"))
            || (outline.has("descriptor.db") && outline.value("descriptor.name").equals("grype")));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    GrypeFacts facts = new GrypeFacts();
    JsonCursor.preview(report, warnings, json -> json.structure(name -> facts.read(json, name)));
    handler.scan(facts.facts());
    RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
    boolean[] listed = {false};
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  switch (name) {
                    case "matches" -> {
                      listed[0] = true;
                      json.records(() -> match(json, handler, paths, facts));
                    }
                    case "ignoredMatches" -> json.records(() -> match(json, handler, paths, facts));
                    default -> json.skipUnchecked();
                  }
                }));
    if (!listed[0]) {
      throw new UnreadableReportException(
          report.name() + ": has no list of matches; check that Grype ran to its end");
    }
  }

  private void match(
      JsonCursor json, ReportHandler handler, RepositoryPaths paths, GrypeFacts facts)
      throws IOException, UnreadableReportException {
    ObservationDraft draft = new ObservationDraft(settings.redactor());
    GrypeMatch match = new GrypeMatch(facts, paths).read(json, draft);
    if (match.ignored()) {
      draft.state(ScannerState.SUPPRESSED, match.ignoreReason());
    }
    if (draft.identified()) {
      handler.observation(draft.build());
    } else {
      json.warn("the entry has no vulnerability.id and cannot be told from others; it is left out");
    }
  }
}
