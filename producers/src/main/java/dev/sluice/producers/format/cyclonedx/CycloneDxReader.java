package dev.sluice.producers.format.cyclonedx;

import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
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
 * CycloneDX JSON, 1.4 and later (ECMA-424). Components are named by reference and may come behind
 * the vulnerabilities, so the document is read twice. An SBOM without a list of vulnerabilities is
 * no scan and is refused: as a clean scan it would resolve everything.
 */
public final class CycloneDxReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("cyclonedx-json", "CycloneDX JSON with vulnerabilities", List.of());

  private final ReaderSettings settings;

  public CycloneDxReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    return outline.root() == Root.OBJECT && outline.value("bomFormat").equals("CycloneDX");
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    CycloneDxComponents components = new CycloneDxComponents(settings, warnings);
    JsonCursor.document(
        report, warnings, json -> json.structure(name -> components.read(json, name)));
    components.check(report.name());
    handler.scan(components.facts());
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  if (name.equals("vulnerabilities")) {
                    json.records(
                        () ->
                            new CycloneDxVulnerability(
                                    JsonEntry.read(json, warnings), components, settings)
                                .report(handler));
                  }
                }));
    handler.componentsSeen(components.size());
  }
}
