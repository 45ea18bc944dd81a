package dev.sluice.producers.gateway;

import dev.sluice.events.DisclosureStep;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.PrivateReport;
import dev.sluice.events.Rating;
import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import dev.sluice.events.Severity;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ReportFormat;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** One private report as one observation. A credential in it is hidden, as in every text. */
final class PrivateReportReader implements ScanReader {
  private static final String TOOL = "private-report";

  private final PrivateReportText text;
  private final Redactor redactor;
  private final String id;
  private final Instant at;

  PrivateReportReader(PrivateReportText text, Redactor redactor, String id, Instant at) {
    this.text = text;
    this.redactor = redactor;
    this.id = id;
    this.at = at;
  }

  @Override
  public ReportFormat format() {
    return new ReportFormat(TOOL, "Privately reported vulnerability", List.of());
  }

  /** Never by content: whoever reports in private says so. */
  @Override
  public boolean recognises(ReportHead head) {
    return false;
  }

  @Override
  public void read(Report report, ReportHandler handler) throws IOException {
    handler.scan(
        new ScanFacts(
            Scanner.newBuilder().setName(TOOL).build(),
            Scope.newBuilder().build(),
            null,
            null,
            null,
            null,
            null,
            at,
            true));
    Observation.Builder observation =
        Observation.newBuilder()
            .setKind(FindingKind.REPORTED_VULNERABILITY)
            .setNativeId(id)
            .setTitle(redactor.redact(text.title()))
            .setDescription(redactor.redact(text.description()))
            .setReport(
                PrivateReport.newBuilder()
                    .setReportId(id)
                    .setStep(DisclosureStep.REPORTED)
                    .setReportedAt(at)
                    .setImpact(redactor.redact(text.impact()))
                    .setReproduction(redactor.redact(text.reproduction()))
                    .setAffectedVersions(redactor.redact(text.affectedVersions()))
                    .setSuggestedFix(redactor.redact(text.suggestedFix()))
                    .setContact(text.contact())
                    .build());
    if (text.severity() != Severity.UNKNOWN) {
      observation.setRatings(
          List.of(Rating.newBuilder().setSource("reporter").setSeverity(text.severity()).build()));
    }
    handler.observation(observation.build());
  }
}
