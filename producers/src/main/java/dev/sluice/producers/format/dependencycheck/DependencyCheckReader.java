package dev.sluice.producers.format.dependencycheck;

import dev.sluice.producers.format.ReaderSettings;
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
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.List;

/** OWASP Dependency-Check's JSON and XML, which say the same in nearly the same words. */
public final class DependencyCheckReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat(
          "dependency-check", "OWASP Dependency-Check JSON and XML", List.of("dependency-check"));

  private final ReaderSettings settings;

  public DependencyCheckReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    if (XmlOutline.root(head).equals("analysis")) {
      return head.text().contains("ependency-check") || head.text().contains("<scanInfo");
    }
    JsonOutline outline = JsonOutline.of(head);
    return outline.root() == Root.OBJECT
        && (outline.hasAll("reportSchema", "scanInfo")
            || outline.hasAll("scanInfo", "projectInfo", "dependencies"));
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

  private void json(Report report, Warnings warnings, ReportHandler handler)
      throws IOException, UnreadableReportException {
    Facts facts = new Facts();
    boolean[] listed = {false};
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  if (name.equals("dependencies")) {
                    listed[0] = true;
                  } else {
                    JsonDependencies.facts(json, name, facts);
                  }
                }));
    if (!listed[0]) {
      throw new UnreadableReportException(
          report.name() + ": has no list of dependencies; check that the scanner ran to its end");
    }
    handler.scan(facts.facts());
    Dependencies dependencies = new Dependencies(settings, handler);
    JsonCursor.document(
        report,
        warnings,
        json ->
            json.structure(
                name -> {
                  if (name.equals("dependencies")) {
                    json.records(() -> JsonDependencies.dependency(json, dependencies));
                  }
                }));
    handler.componentsSeen(dependencies.count());
  }

  private void xml(Report report, Warnings warnings, ReportHandler handler)
      throws IOException, UnreadableReportException {
    Facts facts = new Facts();
    boolean[] begun = {false};
    Dependencies dependencies = new Dependencies(settings, handler);
    XmlCursor.document(
        report,
        warnings,
        (xml, root) -> {
          if (!root.equals("analysis")) {
            throw xml.unreadable("expected the element analysis");
          }
          xml.children(
              name -> {
                if (name.equals("dependencies") && !begun[0]) {
                  begun[0] = true;
                  handler.scan(facts.facts());
                }
                XmlDependencies.read(xml, name, facts, dependencies);
              });
        });
    if (!begun[0]) {
      throw new UnreadableReportException(
          report.name() + ": has no list of dependencies; check that the scanner ran to its end");
    }
    handler.componentsSeen(dependencies.count());
  }
}
