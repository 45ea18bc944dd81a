package dev.sluice.producers.format.govulncheck;

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
 * govulncheck's {@code -format json}: a stream of objects, each a message with one field; the same
 * in an array; and the single object of before 1.0. Advisories come before the findings that they
 * are about, and several findings are one observation, so the report is read twice: for the
 * findings, then for the advisories that they name. An advisory alone is no finding: govulncheck
 * passes on all that concern a module in any version.
 */
public final class GovulncheckReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("govulncheck-json", "govulncheck JSON", List.of("govulncheck"));

  private final ReaderSettings settings;

  public GovulncheckReader(ReaderSettings settings) {
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
        && (outline.value("config.scanner_name").equals("govulncheck")
            || outline.hasAll("finding.osv", "finding.trace")
            || outline.hasAll("Vulns.OSV", "Vulns.ModPath")
            || outline.has("Calls.Functions"));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    GovulncheckFacts facts = new GovulncheckFacts(settings.redactor());
    GovulncheckFindings findings =
        new GovulncheckFindings(
            facts, new RepositoryPaths(settings.checkoutRoots()), settings.redactor(), handler);
    messages(
        report,
        warnings,
        (json, field) -> {
          facts.read(json, field);
          findings.gather(json, field);
        });
    if (!facts.known()) {
      throw new UnreadableReportException(
          report.name() + ": has no config message; check that govulncheck ran to its end");
    }
    handler.scan(facts.facts());
    if (facts.components() != null) {
      handler.componentsSeen(facts.components());
    }
    messages(report, warnings, findings::publish);
    findings.publishRest();
  }

  /** Takes the value of a message, or leaves it to be skipped. */
  private interface Message {
    void read(JsonCursor json, String field) throws IOException, UnreadableReportException;
  }

  private static void messages(Report report, Warnings warnings, Message message)
      throws IOException, UnreadableReportException {
    JsonCursor.documents(
        report,
        warnings,
        json -> {
          if (json.isArray()) {
            json.records(() -> json.object(field -> message.read(json, field)));
          } else {
            json.structure(field -> message.read(json, field));
          }
        });
  }
}
