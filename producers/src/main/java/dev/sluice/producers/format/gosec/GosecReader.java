package dev.sluice.producers.format.gosec;

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
 * gosec's {@code -fmt json}. The tool's version comes behind the issues, so the report is read
 * twice. A file that gosec could not compile is a warning: it was not looked at.
 */
public final class GosecReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("gosec-json", "gosec JSON", List.of("gosec"));

  private final ReaderSettings settings;

  public GosecReader(ReaderSettings settings) {
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
        && (outline.has("Golang errors")
            || outline.has("GosecVersion")
            || outline.hasAll("Issues.rule_id", "Issues.details")
            || (outline.has("Issues") && outline.hasAll("Stats.files", "Stats.nosec")));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    String[] version = {null};
    Integer[] files = {null};
    boolean[] listed = {false};
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  switch (name) {
                    case "GosecVersion" -> version[0] = json.text();
                    case "Golang errors" -> errors(json);
                    case "Stats" ->
                        json.object(
                            field -> {
                              if (field.equals("files")) {
                                files[0] = json.integer();
                              }
                            });
                    case "Issues" -> listed[0] = true;
                    default -> {}
                  }
                }));
    if (!listed[0]) {
      throw new UnreadableReportException(
          report.name() + ": has no list of Issues; check that gosec ran to its end");
    }
    handler.scan(
        new ScanFacts(
            Scanners.of("gosec", version[0], null, null),
            Scanners.everything(),
            null,
            null,
            null,
            null,
            null,
            null,
            false));
    if (files[0] != null && files[0] >= 0) {
      handler.componentsSeen(files[0]);
    }
    RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  if (name.equals("Issues")) {
                    json.records(() -> issue(json, paths, handler));
                  }
                }));
  }

  private static void errors(JsonCursor json) throws IOException, UnreadableReportException {
    json.object(file -> json.warn("gosec could not read this file; it was not looked at"));
  }

  private void issue(JsonCursor json, RepositoryPaths paths, ReportHandler handler)
      throws IOException, UnreadableReportException {
    ObservationDraft draft =
        new GosecIssue(paths, settings.redactor())
            .read(json, new ObservationDraft(settings.redactor()));
    if (draft.identified()) {
      handler.observation(draft.build());
    } else {
      json.warn("the entry has no rule_id and cannot be told from others; it is left out");
    }
  }
}
