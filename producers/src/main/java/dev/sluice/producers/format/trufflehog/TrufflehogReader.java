package dev.sluice.producers.format.trufflehog;

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
 * TruffleHog's {@code --json}: one object a secret, of version 3 and of version 2, also in an
 * array. No object at all means that nothing was found.
 */
public final class TrufflehogReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("trufflehog-json", "TruffleHog JSON lines", List.of("trufflehog"));

  private final ReaderSettings settings;

  public TrufflehogReader(ReaderSettings settings) {
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
        && (outline.hasAll("SourceMetadata", "DetectorName")
            || outline.hasAll("stringsFound", "printDiff"));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    TrufflehogScans scans = new TrufflehogScans(settings, handler);
    JsonCursor.documents(
        report,
        new Warnings(handler),
        json -> {
          if (json.isArray()) {
            json.records(() -> entry(json, scans));
          } else if (!json.isNull()) {
            entry(json, scans);
          }
        });
    scans.end();
  }

  private void entry(JsonCursor json, TrufflehogScans scans)
      throws IOException, UnreadableReportException {
    TrufflehogEntry entry = new TrufflehogEntry(settings);
    json.structure(field -> entry.field(json, field));
    scans.add(json, entry);
  }
}
