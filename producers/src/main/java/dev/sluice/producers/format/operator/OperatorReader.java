package dev.sluice.producers.format.operator;

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
 * Trivy Operator's resources as {@code kubectl get … -o json} prints them: one, a List, or an array
 * of them. Each is a scan of its own, of an image or of a workload. They are read twice, for what a
 * resource is about may come behind its entries.
 */
public final class OperatorReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("trivy-operator", "Trivy Operator reports", List.of("trivy-operator"));
  private static final String GROUP = "aquasecurity.github.io/";

  private final ReaderSettings settings;

  public OperatorReader(ReaderSettings settings) {
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
        && (outline.value("apiVersion").startsWith(GROUP)
            || outline.value("items.apiVersion").startsWith(GROUP));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    OperatorResources resources = new OperatorResources();
    JsonCursor.document(report, warnings, json -> each(json, () -> resources.read(json, warnings)));
    resources.check(report.name());
    OperatorClaims claims = new OperatorClaims(settings, handler, warnings);
    int[] index = {0};
    JsonCursor.document(
        report, warnings, json -> each(json, () -> claims.read(json, resources.next(index))));
  }

  /** Stands on each resource in turn. */
  private static void each(JsonCursor json, JsonCursor.Item item)
      throws IOException, UnreadableReportException {
    if (json.isArray()) {
      json.records(item);
      return;
    }
    if (!json.isObject()) {
      throw json.unreadable("expected a resource or a list of resources");
    }
    item.read();
  }
}
