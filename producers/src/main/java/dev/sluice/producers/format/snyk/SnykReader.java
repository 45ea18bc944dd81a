package dev.sluice.producers.format.snyk;

import dev.sluice.producers.format.ReaderSettings;
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
 * {@code snyk test --json}, of one project or an array of them, {@code snyk container test --json}
 * with the applications in the image, and {@code snyk iac test --json}. What a project is comes
 * behind its vulnerabilities, so the report is read twice.
 */
public final class SnykReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("snyk-json", "Snyk JSON", List.of("snyk"));

  private final ReaderSettings settings;

  public SnykReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    boolean entries =
        outline.hasAll("vulnerabilities.id", "vulnerabilities.from")
            && (outline.has("vulnerabilities.semver")
                || outline.has("vulnerabilities.upgradePath")
                || outline.has("vulnerabilities.packageManager"));
    boolean project =
        outline.hasAll("ok", "vulnerabilities")
            && (outline.has("packageManager") || outline.has("dependencyCount"));
    boolean failed = outline.hasAll("ok", "error", "path") && outline.value("ok").equals("false");
    return (outline.root() == Root.OBJECT || outline.root() == Root.ARRAY)
        && (entries || project || failed || outline.has("infrastructureAsCodeIssues"));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    SnykProjects projects = new SnykProjects(settings, warnings);
    JsonCursor.document(report, warnings, projects::read);
    projects.check(report.name());
    handler.scan(projects.facts());
    SnykResults results = new SnykResults(settings, handler, warnings, projects);
    JsonCursor.document(report, warnings, results::read);
    handler.componentsSeen(projects.dependencies());
  }
}
