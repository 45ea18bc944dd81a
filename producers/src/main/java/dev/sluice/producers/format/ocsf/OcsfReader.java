package dev.sluice.producers.format.ocsf;

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
 * Vulnerability Findings (class 2002) of the Open Cybersecurity Schema Framework, 1.1 and later
 * (schema.ocsf.io): one, an array of them, one a line, or a bundle. They are findings of another
 * system and state a status, so they are statements. Read twice, for the time of the newest.
 */
public final class OcsfReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("ocsf", "OCSF Vulnerability Finding", List.of());

  /** A list of events inside an object: OCSF's own bundle, and the answer of Security Hub. */
  private static final List<String> BUNDLES = List.of("", "events.", "Findings.");

  private final ReaderSettings settings;

  public OcsfReader(ReaderSettings settings) {
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
        && BUNDLES.stream().anyMatch(bundle -> holdsOne(outline, bundle));
  }

  /** Of events of several classes the outline knows the class of the first only. */
  private static boolean holdsOne(JsonOutline outline, String bundle) {
    return outline.value(bundle + "class_uid").equals(String.valueOf(OcsfEvents.CLASS))
        || outline.hasAll(bundle + "class_uid", bundle + "vulnerabilities");
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    OcsfScans scans = new OcsfScans(settings, handler);
    OcsfEvents events = new OcsfEvents(warnings);
    warnings.mute(true);
    JsonCursor.documents(report, warnings, json -> events.read(json, scans::look));
    warnings.mute(false);
    events.check(report.name());
    JsonCursor.documents(report, warnings, json -> events.read(json, scans::publish));
  }
}
