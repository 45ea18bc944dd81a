package dev.sluice.producers.format.checkov;

import dev.sluice.events.ScannerState;
import dev.sluice.events.Scope;
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
import java.util.ArrayList;
import java.util.List;

/**
 * Checkov's {@code -o json}: an object of one check type, an array of several, or counters alone
 * where there was nothing to check. Each check type is a scan, because a run may leave types out.
 * The version comes behind the checks, so the report is read twice.
 */
public final class CheckovReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("checkov-json", "Checkov JSON", List.of("checkov"));
  private static final int MOST_TYPES = 10_000;

  private final ReaderSettings settings;

  public CheckovReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    return (outline.root() == Root.OBJECT || outline.root() == Root.ARRAY)
        && (outline.hasAll("check_type", "results")
            || outline.hasAll("check_type", "summary")
            || (outline.has("checkov_version") && outline.has("failed")));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    List<CheckovRun> runs = new ArrayList<>(1);
    warnings.mute(true);
    JsonCursor.document(
        report,
        warnings,
        json -> {
          if (json.isArray()) {
            json.records(() -> run(json, runs));
          } else {
            run(json, runs);
          }
        });
    warnings.mute(false);
    RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
    int[] next = {0};
    if (runs.isEmpty()) {
      begin(new CheckovRun(), handler);
    }
    JsonCursor.document(
        report,
        warnings,
        json -> {
          if (json.isArray()) {
            json.records(() -> checks(json, known(runs, next[0]++), paths, handler));
          } else {
            checks(json, known(runs, 0), paths, handler);
          }
        });
  }

  private static void run(JsonCursor json, List<CheckovRun> runs)
      throws IOException, UnreadableReportException {
    CheckovRun run = new CheckovRun();
    json.structure(name -> run.read(json, name));
    if (runs.size() < MOST_TYPES) {
      runs.add(run);
    }
  }

  private static CheckovRun known(List<CheckovRun> runs, int index) {
    return runs.get(Math.min(index, runs.size() - 1));
  }

  private void begin(CheckovRun run, ReportHandler handler) throws IOException {
    Scope scope = Scanners.everything();
    scope.setRuleset(run.checkType());
    handler.scan(
        new ScanFacts(
            Scanners.of("checkov", run.version(), null, null),
            scope,
            null,
            null,
            null,
            null,
            null,
            null,
            false));
    if (run.resources() != null) {
      handler.componentsSeen(run.resources());
    }
  }

  private void checks(JsonCursor json, CheckovRun run, RepositoryPaths paths, ReportHandler handler)
      throws IOException, UnreadableReportException {
    begin(run, handler);
    json.structure(
        name -> {
          if (name.equals("results")) {
            json.structure(
                field -> {
                  switch (field) {
                    case "failed_checks" ->
                        json.records(() -> check(json, run, paths, handler, false));
                    case "skipped_checks" ->
                        json.objects(() -> check(json, run, paths, handler, true));
                    case "parsing_errors" ->
                        json.array(
                            () -> json.warn("Checkov could not parse a file; it was not checked"));
                    default -> {}
                  }
                });
          }
        });
  }

  private void check(
      JsonCursor json,
      CheckovRun run,
      RepositoryPaths paths,
      ReportHandler handler,
      boolean skipped)
      throws IOException, UnreadableReportException {
    ObservationDraft draft = new ObservationDraft(settings.redactor());
    CheckovCheck check = new CheckovCheck(run.checkType(), paths, settings.redactor(), draft);
    check.read(json);
    if (skipped) {
      draft.state(ScannerState.SUPPRESSED, check.comment());
    }
    Claims.pass(json, draft, "check_id", handler);
  }
}
