package dev.sluice.producers.format.npm;

import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonEntry;
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
 * {@code npm audit --json} of npm 6 ({@code advisories}, which pnpm writes too) and of npm 7 and
 * later ({@code vulnerabilities} by package), and the lines of {@code yarn audit --json} of Yarn 1.
 */
public final class NpmAuditReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat("npm-audit", "npm audit JSON", List.of("npm", "pnpm", "yarn"));
  private static final String NOT_ENDED = ": has no end; check that the audit ran to its end";

  private final ReaderSettings settings;

  public NpmAuditReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    boolean six =
        outline.has("advisories")
            && (outline.has("metadata")
                || outline.has("actions")
                || outline.has("muted")
                || head.text().contains("\"module_name\""));
    boolean seven = outline.hasAll("auditReportVersion", "vulnerabilities");
    boolean failed = outline.hasAll("error.code", "error.summary");
    boolean yarn =
        outline.hasAll("type", "data")
            && (outline.has("data.advisory") || outline.has("data.totalDependencies"));
    return outline.root() == Root.OBJECT && (six || seven || failed || yarn);
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    Warnings warnings = new Warnings(handler);
    NpmAdvisories advisories = new NpmAdvisories(settings, handler);
    boolean[] seen = {false, false};
    JsonCursor.documents(
        report,
        warnings,
        json -> {
          if (seen[1]) {
            throw json.unreadable("more text after the end of the report; keep one report a file");
          }
          if (!seen[0]) {
            seen[0] = true;
            handler.scan(facts());
          }
          seen[1] = document(report.name(), json, handler, warnings, advisories);
        });
    if (!seen[1]) {
      throw new UnreadableReportException(report.name() + NOT_ENDED);
    }
  }

  private static ScanFacts facts() {
    return new ScanFacts(
        Scanners.of("npm", null, null, null),
        Scanners.everything(),
        null,
        null,
        null,
        null,
        null,
        null,
        false);
  }

  /** Reads a report, or a line of Yarn; whether the report is complete with it. */
  private boolean document(
      String report,
      JsonCursor json,
      ReportHandler handler,
      Warnings warnings,
      NpmAdvisories advisories)
      throws IOException, UnreadableReportException {
    boolean[] ended = {false};
    String[] line = {null};
    JsonEntry[] data = {JsonEntry.absent()};
    JsonEntry[] error = {null};
    json.structure(
        name -> {
          switch (name) {
            case "advisories" -> {
              ended[0] = true;
              json.structure(id -> advisories.ofSix(JsonEntry.read(json, warnings), id));
            }
            case "vulnerabilities" -> {
              ended[0] = true;
              json.structure(each -> advisories.ofSeven(JsonEntry.read(json, warnings), each));
            }
            case "metadata" -> components(JsonEntry.read(json, warnings), handler);
            case "type" -> line[0] = json.text();
            case "data" -> data[0] = JsonEntry.read(json, warnings);
            case "error" -> error[0] = JsonEntry.read(json, warnings);
            default -> {}
          }
        });
    if (error[0] != null && !error[0].isAbsent() && !ended[0]) {
      throw refused(report, error[0]);
    }
    if (ended[0] || line[0] == null) {
      if (!ended[0]) {
        throw new UnreadableReportException(report + NOT_ENDED);
      }
      return true;
    }
    return line(report, line[0], data[0], handler, advisories);
  }

  private boolean line(
      String report, String type, JsonEntry data, ReportHandler handler, NpmAdvisories advisories)
      throws IOException, UnreadableReportException {
    switch (type) {
      case "auditAdvisory" -> advisories.ofYarn(data);
      case "auditSummary" -> {
        Double total = data.number("totalDependencies");
        if (total != null && total >= 0) {
          handler.componentsSeen(Math.round(total));
        }
        return true;
      }
      case "error" -> throw refused(report, data);
      default -> {}
    }
    return false;
  }

  private static void components(JsonEntry metadata, ReportHandler handler) {
    JsonEntry dependencies = metadata.at("dependencies");
    Double total =
        dependencies.isObject()
            ? dependencies.number("total")
            : metadata.number(
                metadata.has("totalDependencies") ? "totalDependencies" : "dependencies");
    if (total != null && total >= 0) {
      handler.componentsSeen(Math.round(total));
    }
  }

  /** The audit failed: its own words say more than ours could. */
  private UnreadableReportException refused(String report, JsonEntry error) {
    String said;
    if (error.isObject()) {
      String text = error.text(error.has("summary") ? "summary" : "message");
      String code = error.at("code").scalar();
      said = (code == null ? "" : code + ": ") + (text == null ? "" : text);
    } else {
      said = error.isArray() ? "" : error.scalar();
    }
    String shown =
        TextLimits.cut(TextLimits.oneLine(settings.redactor().redactStrictly(said)), 300);
    return new UnreadableReportException(
        report + ": is no audit but an error. The package manager says: " + shown);
  }
}
