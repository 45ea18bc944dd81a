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
 * Our own format, as one object or as lines. {@value #SCHEMA}, shipped beside this class, is its
 * JSON Schema. Fields may come in any order, so the report is read twice.
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
    SluiceLines lines = new SluiceLines();
    boolean[] listed = {false};
    int[] documents = {0};
    JsonCursor.documents(
        report,
        warnings,
        json -> {
          warnings.mute(documents[0] > 0);
          if (documents[0]++ == 0) {
            json.structure(name -> listed[0] |= first(json, name, facts));
          } else if (listed[0]) {
            throw json.unreadable(
                "more text after the end of the report; keep one report a file, and leave the list"
                    + " out if findings come a line each");
          } else {
            lines.look(json);
          }
        });
    warnings.mute(false);
    if (documents[0] == 0) {
      throw new UnreadableReportException(
          report.name() + ": is empty; check that the scanner ran to its end");
    }
    if (!listed[0]) {
      lines.check(report.name());
    }
    handler.scan(facts.facts(settings.redactor()));
    if (facts.componentsSeen() != null) {
      handler.componentsSeen(facts.componentsSeen());
    }
    publish(report, warnings, lines, handler);
  }

  /** Reads a field of the first document; whether it is the list of findings. */
  private static boolean first(JsonCursor json, String name, SluiceFacts facts)
      throws IOException, UnreadableReportException {
    switch (name) {
      case "sluice" -> version(json);
      case "findings" -> {
        return true;
      }
      default -> facts.read(json, name);
    }
    return false;
  }

  private void publish(Report report, Warnings warnings, SluiceLines lines, ReportHandler handler)
      throws IOException, UnreadableReportException {
    RepositoryPaths paths = new RepositoryPaths(settings.checkoutRoots());
    boolean[] behind = {false};
    JsonCursor.documents(
        report,
        warnings,
        json -> {
          if (!behind[0]) {
            behind[0] = true;
            json.structure(
                name -> {
                  if (name.equals("findings")) {
                    json.records(() -> finding(json, paths, handler));
                  }
                });
          } else if (lines.isFinding()) {
            finding(json, paths, handler);
          }
        });
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
