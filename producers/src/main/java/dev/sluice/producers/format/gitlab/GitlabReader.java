package dev.sluice.producers.format.gitlab;

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
 * GitLab's security reports, {@code gl-sast-report.json} and its like, of schemas 14 and 15 and
 * what came shortly before (gitlab.com/gitlab-org/security-products/security-report-schemas). What
 * was scanned and by whom may come behind the vulnerabilities, so the report is read twice.
 */
public final class GitlabReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("gitlab-json", "GitLab security reports", List.of());

  private final ReaderSettings settings;

  public GitlabReader(ReaderSettings settings) {
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
        && (outline.hasAll("scan.type", "scan.scanner", "version")
            || outline.hasAll(
                "version",
                "vulnerabilities.identifiers",
                "vulnerabilities.severity",
                "vulnerabilities.location"));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    GitlabFacts facts = new GitlabFacts();
    boolean[] listed = {false};
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                field -> {
                  listed[0] |= field.equals("vulnerabilities");
                  facts.read(json, field);
                }));
    if (!listed[0]) {
      throw new UnreadableReportException(
          report.name()
              + ": has no list of vulnerabilities; check that the scanner ran to its end");
    }
    handler.scan(facts.facts());
    if (facts.components() != null) {
      handler.componentsSeen(facts.components());
    }
    RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                field -> {
                  if (field.equals("vulnerabilities")) {
                    json.records(() -> vulnerability(json, facts, paths, handler));
                  }
                }));
  }

  private void vulnerability(
      JsonCursor json, GitlabFacts facts, RepositoryPaths paths, ReportHandler handler)
      throws IOException, UnreadableReportException {
    GitlabVulnerability vulnerability = new GitlabVulnerability(facts, paths, settings.redactor());
    vulnerability.read(json);
    ObservationDraft draft = vulnerability.draft();
    if (draft.identified()) {
      handler.observation(draft.build());
    } else {
      json.warn("the entry has no identifier and cannot be told from others; it is left out");
    }
  }
}
