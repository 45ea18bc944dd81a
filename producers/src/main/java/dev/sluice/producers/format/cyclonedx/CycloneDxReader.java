package dev.sluice.producers.format.cyclonedx;

import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.format.json.JsonOutline;
import dev.sluice.producers.format.json.JsonOutline.Root;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.format.xml.XmlCursor;
import dev.sluice.producers.format.xml.XmlOutline;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportFormat;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.List;

/**
 * CycloneDX, JSON of 1.4 and later (ECMA-424) and XML, in which earlier versions have
 * vulnerabilities by an extension. Components are named by reference and may come behind the
 * vulnerabilities, so the document is read twice. An SBOM without a list of vulnerabilities is no
 * scan and is refused: as a clean scan it would resolve everything.
 */
public final class CycloneDxReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("cyclonedx", "CycloneDX JSON and XML with vulnerabilities", List.of());

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
    if (XmlOutline.root(head).equals("bom")) {
      return head.text().contains("cyclonedx.org/schema/bom");
    }
    JsonOutline outline = JsonOutline.of(head);
    return outline.root() == Root.OBJECT && outline.value("bomFormat").equals("CycloneDX");
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    CycloneDxComponents components = new CycloneDxComponents(settings, warnings, report.name());
    if (ReportHead.of(report).text().stripLeading().startsWith("<")) {
      xml(report, warnings, components, handler);
    } else {
      json(report, warnings, components, handler);
    }
    handler.componentsSeen(components.size());
  }

  private void xml(
      Report report, Warnings warnings, CycloneDxComponents components, ReportHandler handler)
      throws IOException, UnreadableReportException {
    XmlCursor.document(
        report, warnings, new CycloneDxXml(components, settings, warnings, null)::read);
    components.check();
    handler.scan(components.facts());
    XmlCursor.document(
        report, warnings, new CycloneDxXml(components, settings, warnings, handler)::read);
  }

  private void json(
      Report report, Warnings warnings, CycloneDxComponents components, ReportHandler handler)
      throws IOException, UnreadableReportException {
    JsonCursor.document(
        report, warnings, json -> json.structure(name -> components.read(json, name)));
    components.check();
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
  }
}
