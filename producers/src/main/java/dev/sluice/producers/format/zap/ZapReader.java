package dev.sluice.producers.format.zap;

import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.Times;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonOutline;
import dev.sluice.producers.format.json.JsonOutline.Root;
import dev.sluice.producers.format.json.Warnings;
import dev.sluice.producers.format.xml.XmlCursor;
import dev.sluice.producers.format.xml.XmlOutline;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportFormat;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * OWASP ZAP's traditional reports, JSON and XML, with and without requests. An alert of a site is
 * an observation; its instances are places.
 */
public final class ZapReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("zap", "OWASP ZAP JSON and XML", List.of("zap"));
  private static final String XML_ROOT = "OWASPZAPReport";

  private final ReaderSettings settings;

  public ZapReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    if (XmlOutline.root(head).equals(XML_ROOT)) {
      return true;
    }
    JsonOutline outline = JsonOutline.of(head);
    return outline.root() == Root.OBJECT
        && outline.has("site")
        && (outline.has("@version") || outline.has("@generated") || outline.has("site.alerts"));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    if (ReportHead.of(report).text().stripLeading().startsWith("<")) {
      xml(report, warnings, handler);
    } else {
      json(report, warnings, handler);
    }
  }

  private void begin(String version, String created, ReportHandler handler) throws IOException {
    Instant time = Times.parse(created);
    handler.scan(
        new ScanFacts(
            Scanners.of("zap", version, null, null),
            Scanners.everything(),
            null,
            null,
            null,
            null,
            null,
            time,
            false));
  }

  private void json(Report report, Warnings warnings, ReportHandler handler)
      throws IOException, UnreadableReportException {
    String[] scan = {null, null};
    boolean[] listed = {false};
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  switch (name) {
                    case "@version" -> scan[0] = json.text();
                    case "created" -> scan[1] = json.text();
                    case "site" -> listed[0] = true;
                    default -> {}
                  }
                }));
    if (!listed[0]) {
      throw new UnreadableReportException(
          report.name() + ": has no list of sites; check that ZAP ran to its end");
    }
    begin(scan[0], scan[1], handler);
    long[] sites = {0};
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  if (name.equals("site")) {
                    json.records(
                        () -> {
                          sites[0]++;
                          new ZapJson(settings, handler).site(json);
                        });
                  }
                }));
    handler.componentsSeen(sites[0]);
  }

  private void xml(Report report, Warnings warnings, ReportHandler handler)
      throws IOException, UnreadableReportException {
    long[] sites = {0};
    XmlCursor.document(
        report,
        warnings,
        (xml, root) -> {
          if (!root.equals(XML_ROOT)) {
            throw xml.unreadable("expected the element " + XML_ROOT);
          }
          begin(xml.attribute("version"), xml.attribute("created"), handler);
          xml.children(
              name -> {
                if (name.equals("site")) {
                  sites[0]++;
                  new ZapXml(settings, handler).site(xml);
                }
              });
        });
    handler.componentsSeen(sites[0]);
  }
}
