package dev.sluice.producers.format.openvex;

import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.Times;
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
 * OpenVEX (openvex.dev) that govulncheck writes. A VEX document of a vendor is no report but a
 * reason to withhold, so only what names govulncheck as its tool is recognised. It states the
 * status of vulnerabilities and is read as a statement. Read twice: the tool may come last.
 */
public final class OpenVexReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("govulncheck-openvex", "govulncheck OpenVEX", List.of("govulncheck"));

  private final ReaderSettings settings;

  public OpenVexReader(ReaderSettings settings) {
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
        && outline.value("@context").startsWith("https://openvex.dev/ns")
        && (outline.value("tooling").contains("govulncheck")
            || outline.value("@id").startsWith("govulncheck/"));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    String[] said = {null, null, null};
    boolean[] listed = {false};
    warnings.mute(true);
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                field -> {
                  switch (field) {
                    case "timestamp" -> said[0] = json.text();
                    case "last_updated" -> said[1] = json.text();
                    case "tooling" -> said[2] = json.text();
                    case "statements" -> listed[0] = true;
                    default -> {}
                  }
                }));
    warnings.mute(false);
    if (!listed[0]) {
      throw new UnreadableReportException(
          report.name() + ": has no list of statements; check that the scanner ran to its end");
    }
    handler.scan(
        new ScanFacts(
            Scanners.of(tool(said[2]), null, null, null),
            Scanners.everything(),
            null,
            null,
            null,
            null,
            null,
            Times.parse(said[1] == null ? said[0] : said[1]),
            true));
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                field -> {
                  if (field.equals("statements")) {
                    json.records(() -> statement(json, handler));
                  }
                }));
  }

  private void statement(JsonCursor json, ReportHandler handler)
      throws IOException, UnreadableReportException {
    VexStatement statement = new VexStatement();
    json.object(field -> statement.field(json, field));
    if (!statement.identified()) {
      json.warn("the statement names no vulnerability and is left out");
    } else {
      statement.publish(settings.redactor(), handler);
    }
  }

  /** Last part of a link to the tool; the name itself where it is none. */
  private static String tool(String tooling) {
    if (tooling == null || tooling.isBlank()) {
      return "unknown";
    }
    String name = tooling.strip().replaceFirst("[/\\s]+$", "");
    String last = name.contains("://") ? name.substring(name.lastIndexOf('/') + 1) : name;
    return TextLimits.cut(last.isBlank() ? "unknown" : last, 60);
  }
}
