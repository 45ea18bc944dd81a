package dev.sluice.producers.format.osv;

import dev.sluice.events.Scope;
import dev.sluice.producers.format.ReaderSettings;
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
 * OSV-Scanner's {@code --format json}, versions 1 and 2. Source, package and the groups with their
 * call analysis may come behind the vulnerabilities, so the report is read twice.
 */
public final class OsvReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("osv-json", "OSV-Scanner JSON", List.of("osv-scanner"));

  private final ReaderSettings settings;

  public OsvReader(ReaderSettings settings) {
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
        && outline.has("results")
        && (outline.hasAll("results.packages", "results.source")
            || outline.has("experimental_config.licenses")
            || isEmpty(head.text()));
  }

  /** Version 1 writes nothing but an empty list where it found nothing. */
  private static boolean isEmpty(String text) {
    return text.replaceAll("\\s", "").equals("{\"results\":[]}");
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    OsvPackages packages = new OsvPackages(warnings);
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  switch (name) {
                    case "results" -> packages.read(json);
                    case "experimental_config" -> packages.readConfig(json);
                    default -> {}
                  }
                }));
    packages.check(report.name());
    handler.scan(facts(packages.filters()));
    OsvResults results = new OsvResults(settings, handler, warnings, packages);
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  if (name.equals("results")) {
                    results.read(json);
                  }
                }));
  }

  private static ScanFacts facts(List<String> filters) {
    Scope scope = Scanners.everything();
    scope.getFilters().addAll(filters);
    return new ScanFacts(
        Scanners.of("osv-scanner", null, null, null),
        scope,
        null,
        null,
        null,
        null,
        null,
        null,
        false);
  }
}
