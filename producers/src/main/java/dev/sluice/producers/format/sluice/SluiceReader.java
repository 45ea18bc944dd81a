package dev.sluice.producers.format.sluice;

import dev.sluice.producers.format.Claims;
import dev.sluice.producers.format.ObservationDraft;
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
import java.io.InputStream;
import java.util.List;

/**
 * Our own format. {@value #SCHEMA}, shipped beside this class, is its JSON Schema. Fields may come
 * in any order, so the report is read twice.
 */
public final class SluiceReader implements ScanReader {
  static final String SCHEMA = "sluice-json.schema.json";

  /** The version of the format that is read. */
  private static final int VERSION = 1;

  private static final ReportFormat FORMAT =
      new ReportFormat("sluice-json", "Sluice's own JSON", List.of());

  private final ReaderSettings settings;

  public SluiceReader(ReaderSettings settings) {
    this.settings = settings;
  }

  /** The format's JSON Schema; the caller closes it. */
  public static InputStream schema() {
    return SluiceReader.class.getResourceAsStream(SCHEMA);
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    return outline.root() == Root.OBJECT
        && outline.has("sluice")
        && (outline.has("scanner") || outline.has("findings"));
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    SluiceFacts facts = new SluiceFacts();
    boolean[] listed = {false};
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  switch (name) {
                    case "sluice" -> version(json);
                    case "findings" -> listed[0] = true;
                    default -> facts.read(json, name);
                  }
                }));
    if (!listed[0]) {
      throw new UnreadableReportException(
          report.name() + ": has no list of findings; an empty one says that nothing was found");
    }
    handler.scan(facts.facts(settings.redactor()));
    if (facts.componentsSeen() != null) {
      handler.componentsSeen(facts.componentsSeen());
    }
    RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  if (name.equals("findings")) {
                    json.records(() -> finding(json, paths, handler));
                  }
                }));
  }

  private static void version(JsonCursor json) throws IOException, UnreadableReportException {
    Integer version = json.integer();
    if (version == null || version != VERSION) {
      throw json.unreadable("only version " + VERSION + " of the format is read");
    }
  }

  private void finding(JsonCursor json, RepositoryPaths paths, ReportHandler handler)
      throws IOException, UnreadableReportException {
    ObservationDraft draft = new ObservationDraft(settings.redactor());
    new SluiceFinding(paths, settings.redactor(), draft).read(json);
    Claims.pass(json, draft, "id", handler);
  }
}
