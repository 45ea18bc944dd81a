package dev.sluice.producers.format.github;

import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.Scanners;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.format.json.JsonOutline;
import dev.sluice.producers.format.json.Warnings;
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

/**
 * Security advisories of a repository: the webhook {@code repository_advisory}, and lists of the
 * REST API. Read twice: the repository comes behind the advisory.
 */
public final class RepositoryAdvisoryReader implements ScanReader {
  private static final ReportFormat FORMAT =
      new ReportFormat(
          "github-repository-advisory", "GitHub repository advisories", List.of("github"));

  private final ReaderSettings settings;

  public RepositoryAdvisoryReader(ReaderSettings settings) {
    this.settings = settings;
  }

  @Override
  public ReportFormat format() {
    return FORMAT;
  }

  @Override
  public boolean recognises(ReportHead head) {
    JsonOutline outline = JsonOutline.of(head);
    return switch (outline.root()) {
      case ARRAY -> outline.hasAll("ghsa_id", "state", "vulnerabilities.patched_versions");
      case OBJECT -> outline.hasAll("repository_advisory.ghsa_id", "action");
      default -> false;
    };
  }

  @Override
  public void read(Report report, ReportHandler handler)
      throws IOException, UnreadableReportException {
    report.willReread();
    Warnings warnings = new Warnings(handler);
    AlertEvent event = new AlertEvent();
    Instant[] newest = {null};
    boolean[] found = {false};
    warnings.mute(true);
    advisories(
        report,
        warnings,
        event,
        found,
        (json, advisory) -> {
          Instant time = advisory.newest();
          newest[0] =
              time != null && (newest[0] == null || time.isAfter(newest[0])) ? time : newest[0];
        });
    warnings.mute(false);
    if (!found[0]) {
      throw new UnreadableReportException(
          report.name() + ": has no repository_advisory; pass on the whole body of the event");
    }
    ScanFacts[] current = {null};
    advisories(
        report,
        warnings,
        event,
        found,
        (json, advisory) -> {
          ObservationDraft draft = advisory.draft(event.action(), settings.redactor());
          if (!draft.identified()) {
            json.warn("the advisory has no ghsa_id and is left out");
            return;
          }
          ScanFacts facts = facts(event, advisory, newest[0]);
          if (!facts.equals(current[0])) {
            current[0] = facts;
            handler.scan(facts);
          }
          handler.observation(draft.build());
        });
    if (current[0] == null) {
      handler.scan(facts(event, new RepositoryAdvisory(), newest[0]));
    }
  }

  private static ScanFacts facts(AlertEvent event, RepositoryAdvisory advisory, Instant time) {
    return new ScanFacts(
        Scanners.of("github advisories", null, null, null),
        Scanners.everything(),
        Alert.first(event.repository(), advisory.repository()),
        null,
        null,
        null,
        null,
        time,
        true);
  }

  /** Takes one advisory. */
  private interface Taker {
    void take(JsonCursor json, RepositoryAdvisory advisory) throws IOException;
  }

  private static void advisories(
      Report report, Warnings warnings, AlertEvent event, boolean[] found, Taker taker)
      throws IOException, UnreadableReportException {
    JsonCursor.document(
        report,
        warnings,
        json -> {
          if (json.isArray()) {
            found[0] = true;
            json.records(() -> advisory(json, taker));
            return;
          }
          json.structure(
              field -> {
                if (field.equals("repository_advisory")) {
                  found[0] |= json.isObject();
                  advisory(json, taker);
                } else {
                  event.read(json, field);
                }
              });
        });
  }

  private static void advisory(JsonCursor json, Taker taker)
      throws IOException, UnreadableReportException {
    RepositoryAdvisory advisory = new RepositoryAdvisory();
    advisory.read(json);
    taker.take(json, advisory);
  }
}
