package dev.sluice.producers.format.clair;

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
 * Reports of Clair. Version 4 has maps by id, which may come in any order; before it come the forms
 * of clair-scanner and Klar, and the security API of Clair 2, which Quay still speaks. All are read
 * twice: what an entry needs may come behind it.
 */
public final class ClairReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("clair-json", "Clair JSON", List.of("clair"));

  private final ReaderSettings settings;

  public ClairReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    boolean four =
        outline.has("manifest_hash")
            && (outline.has("packages")
                || outline.has("vulnerabilities")
                || outline.has("package_vulnerabilities"));
    boolean scanner = outline.hasAll("image", "unapproved", "vulnerabilities");
    boolean klar = outline.hasAll("LayerCount", "Vulnerabilities");
    boolean api =
        outline.hasAll("data.Layer", "status")
            || outline.has("Layer.Features")
            || outline.hasAll("Layer.IndexedByVersion", "Layer.Name");
    return outline.root() == Root.OBJECT && (four || scanner || klar || api);
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    ClairTables tables = new ClairTables(warnings);
    JsonCursor.document(report, warnings, json -> json.structure(name -> tables.read(json, name)));
    tables.check(report.name());
    handler.scan(tables.facts());
    ClairResults results = new ClairResults(settings, handler, warnings, tables);
    JsonCursor.document(report, warnings, json -> json.structure(name -> results.read(json, name)));
    results.end();
  }
}
