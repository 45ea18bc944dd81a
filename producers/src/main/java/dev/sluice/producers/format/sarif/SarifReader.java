package dev.sluice.producers.format.sarif;

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
 * SARIF 2.1.0. A result points to its rule, which may stand anywhere in the report, so the report
 * is read twice: for the runs and their rules, then for the results. Each run is a scan.
 */
public final class SarifReader implements ScanReader {
  private static final ReportFormat FORMAT = new ReportFormat("sarif", "SARIF 2.1.0", List.of());

  private final ReaderSettings settings;

  public SarifReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    String version = outline.value("version");
    boolean other = !version.isEmpty() && !version.startsWith("2.");
    boolean named = outline.value("$schema").contains("sarif") || version.startsWith("2.1");
    return outline.root() == Root.OBJECT
        && !other
        && (outline.has("runs") || head.truncated())
        && (named || outline.has("runs.tool.driver") || outline.has("runs.results.ruleId"));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    try (SarifRuns runs = new SarifRuns()) {
      JsonCursor.preview(report, warnings, runs::read);
      RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
      int[] index = {0};
      JsonCursor.document(
          report,
          warnings,
          json ->
              json.structure(
                  name -> {
                    if (name.equals("runs")) {
                      json.records(() -> run(json, runs.get(index[0]++), paths, handler));
                    } else {
                      json.skipUnchecked();
                    }
                  }));
      if (index[0] == 0) {
        warnings.add("$.runs", "is empty: the report holds no scan");
      }
    }
  }

  private void run(JsonCursor json, SarifRun run, RepositoryPaths paths, ReportHandler handler)
      throws IOException, UnreadableReportException {
    handler.scan(run.facts(settings.redactor()));
    json.object(
        name -> {
          if (name.equals("results")) {
            json.records(() -> result(json, run, paths, handler));
          } else {
            json.skipUnchecked();
          }
        });
  }

  private void result(JsonCursor json, SarifRun run, RepositoryPaths paths, ReportHandler handler)
      throws IOException, UnreadableReportException {
    SarifResult result = SarifResult.read(json);
    if (result.isNoFinding()) {
      return;
    }
    SarifRule rule = run.ruleOf(result);
    ObservationDraft draft =
        new SarifObservation(run, result, rule, paths, settings.redactor()).draft();
    if (!result.hasRule()) {
      json.warnField("ruleId", "is missing; the message takes its place");
    }
    handler.observation(draft.build());
  }
}
