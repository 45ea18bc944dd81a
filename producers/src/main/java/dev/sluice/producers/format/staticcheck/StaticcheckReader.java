package dev.sluice.producers.format.staticcheck;

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
 * staticcheck's {@code -f json}: one object a problem, and no object at all if there is none. A
 * package that does not compile is not looked at; so a report that says so proves nothing gone and
 * is read as a statement, which takes a reading before the one for the problems.
 */
public final class StaticcheckReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("staticcheck-json", "staticcheck JSON lines", List.of("staticcheck"));

  private final ReaderSettings settings;

  public StaticcheckReader(ReaderSettings settings) {
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
        && outline.hasAll("code", "severity", "location.file", "end.file", "message");
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    boolean[] incomplete = {false};
    warnings.mute(true);
    problems(report, warnings, (json, problem) -> incomplete[0] |= problem.notCompiled());
    warnings.mute(false);
    handler.scan(
        new ScanFacts(
            Scanners.of("staticcheck", null, null, null),
            Scanners.everything(),
            null,
            null,
            null,
            null,
            null,
            null,
            incomplete[0]));
    problems(
        report,
        warnings,
        (json, problem) -> {
          if (problem.notCompiled()) {
            json.warn("a package does not compile; it was not looked at");
          } else if (problem.code() == null) {
            json.warn("the entry has no code and cannot be told from others; it is left out");
          } else {
            handler.observation(problem.draft(json).build());
          }
        });
  }

  /** Takes one problem. */
  private interface Taker {
    void take(JsonCursor json, StaticcheckProblem problem) throws IOException;
  }

  private void problems(Report report, Warnings warnings, Taker taker)
      throws IOException, UnreadableReportException {
    RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
    JsonCursor.documents(
        report,
        warnings,
        json -> {
          if (json.isArray()) {
            json.records(() -> problem(json, paths, taker));
          } else if (!json.isNull()) {
            problem(json, paths, taker);
          }
        });
  }

  private void problem(JsonCursor json, RepositoryPaths paths, Taker taker)
      throws IOException, UnreadableReportException {
    StaticcheckProblem problem = new StaticcheckProblem(paths, settings.redactor());
    json.structure(field -> problem.field(json, field));
    taker.take(json, problem);
  }
}
