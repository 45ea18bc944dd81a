package dev.sluice.producers.publish;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportFormat;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** A reader that tells its handler what a test says. */
final class ScriptedReader implements ScanReader {
  interface Script {
    void tell(ReportHandler handler) throws IOException, UnreadableReportException;
  }

  private final Script script;

  ScriptedReader(Script script) {
    this.script = script;
  }

  @Override
  public ReportFormat format() {
    return new ReportFormat("scripted-json", "Scripted", List.of());
  }

  @Override
  public boolean recognises(ReportHead head) {
    return true;
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    script.tell(handler);
  }

  static ScanFacts facts(String tool, String asset) {
    return facts(tool, asset, Scope.newBuilder().build(), null, false);
  }

  static ScanFacts facts(String tool, String asset, Scope scope, Instant time, boolean statement) {
    Scanner scanner = Scanner.newBuilder().setName(tool).build();
    return new ScanFacts(scanner, scope, asset, null, null, null, null, time, statement);
  }

  static Observation vulnerability(String id) {
    return Observation.newBuilder().setKind(FindingKind.VULNERABLE_PACKAGE).setNativeId(id).build();
  }
}
