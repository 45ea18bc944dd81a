package dev.sluice.producers.publish;

import dev.sluice.events.DisclosureStep;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.PrivateReport;
import dev.sluice.events.ScanStarted;
import dev.sluice.producers.publish.Admission.EarlierScan;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishOutcome.Reason;
import dev.sluice.producers.publish.PublishOutcome.Refused;
import dev.sluice.producers.publish.PublishOutcome.Unreadable;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.ReadWarning;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.topics.Topics.Realm;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns one reading of one report into attempts. An attempt is opened by its first observation,
 * which tells under which realm it goes; a scan that found nothing is opened when it ends.
 */
final class PublishSession implements ReportHandler {
  private record AttemptKey(ScanIdentity.Key scan, Realm realm) {}

  private final AttemptFactory factory;
  private final PublishRequest request;
  private final Admission admission;
  private final EventSender sender;
  private final String reportName;
  private final String format;
  private final Instant now;
  private final String digestAhead;
  private final Map<AttemptKey, Attempt> attempts = new LinkedHashMap<>();
  private final List<PublishResult> repeats = new ArrayList<>();
  private final WarningLog early = new WarningLog();
  private ScanPart current;
  private boolean currentOpened;
  private boolean currentRepeated;
  private PublishStop stopped;

  /**
   * @param digestAhead digest that the report will turn out to have, or null where it is not known
   */
  PublishSession(
      AttemptFactory factory,
      PublishRequest request,
      Admission admission,
      EventSender sender,
      String reportName,
      String format,
      String digestAhead,
      Instant now) {
    this.factory = factory;
    this.request = request;
    this.admission = admission;
    this.digestAhead = digestAhead;
    this.sender = sender;
    this.reportName = reportName;
    this.format = format;
    this.now = now;
  }

  @Override
  public void scan(ScanFacts facts) throws IOException {
    guarded(
        () -> {
          openIfEmpty();
          begin(facts);
        });
  }

  @Override
  public void observation(Observation observation) throws IOException {
    if (current == null) {
      throw new IllegalStateException("a reader must name the scan before its observations");
    }
    if (currentRepeated && stopped == null) {
      return;
    }
    guarded(
        () ->
            attempt(isEmbargoed(observation) ? Realm.EMBARGOED : Realm.COMMON)
                .observe(observation));
  }

  /** A reported vulnerability is, unless it says itself that it is disclosed. */
  private static boolean isEmbargoed(Observation observation) {
    PrivateReport report = observation.getReport();
    return observation.getKind() == FindingKind.REPORTED_VULNERABILITY
        && (report == null || report.getStep() != DisclosureStep.DISCLOSED);
  }

  @Override
  public void componentsSeen(long count) {
    if (current != null) {
      current.saw(count);
    }
  }

  @Override
  public void warning(ReadWarning warning) {
    (current == null ? early : current.warnings()).add(warning.toString());
  }

  /**
   * The outcome that a reading was stopped with, whatever a reader made of the exception; or null.
   */
  PublishStop stopped() {
    return stopped;
  }

  /** Ends all scans well: only when every byte was read and every event is acknowledged. */
  PublishOutcome complete(DigestingReport report) throws IOException {
    if (current == null) {
      return new Unreadable(
          reportName + ": the report holds no scan; check that the scanner ran to its end");
    }
    openIfEmpty();
    // Reads what the reader left, so a body that is cut off behind the document is noticed too.
    String digest = report.digest();
    long bytes = report.bytes();
    if (digestAhead != null && !digestAhead.equals(digest)) {
      return new Refused(
          Reason.OTHER_DIGEST,
          reportName
              + ": the bytes that came do not have the digest that was announced; send it"
              + " again");
    }
    sender.awaitAll();
    List<PublishResult> results = new ArrayList<>(repeats);
    for (Attempt attempt : attempts.values()) {
      attempt.complete(digest, bytes);
      results.add(attempt.result(format, digest));
    }
    sender.awaitAll();
    return new Published(results);
  }

  /** Ends all scans badly; one whose scanner and asset are known shows as failed even if empty. */
  void fail(String reason, String detail) {
    try {
      if (stopped == null) {
        openIfEmpty();
      }
    } catch (PublishStop e) {
      // What could not be opened needs no end.
    }
    attempts.values().forEach(attempt -> attempt.fail(reason, detail));
  }

  private void begin(ScanFacts facts) throws PublishStop {
    ScanIdentity identity = ScanIdentity.of(request, facts, reportName);
    if (!admission.permits(identity.asset())) {
      throw refused(
          Reason.ASSET_FORBIDDEN,
          "publishing for "
              + identity.asset()
              + " is not allowed with this token; use one whose"
              + " asset prefixes cover it");
    }
    ScanTime time = ScanTime.of(facts.time(), request.commitTime(), now);
    if (time.isFuture(now, factory.settings().clockSkew())) {
      throw refused(
          Reason.FUTURE_TIME,
          "the scan's time is in the future; set the clock of the machine that scanned and scan"
              + " again");
    }
    current = new ScanPart(identity, time);
    current.warnings().addAll(early);
    early.clear();
    Optional<EarlierScan> earlier =
        digestAhead == null ? Optional.empty() : admission.earlier(identity.reportKey(digestAhead));
    earlier.ifPresent(scan -> repeats.add(repeat(identity, scan)));
    currentRepeated = earlier.isPresent();
    currentOpened = currentRepeated;
  }

  private PublishResult repeat(ScanIdentity identity, EarlierScan earlier) {
    return new PublishResult(
        earlier.scanId(),
        earlier.attemptId(),
        identity.asset().value(),
        identity.unit(),
        identity.version(),
        identity.series(),
        identity.scanner().getName(),
        format,
        earlier.embargoed(),
        earlier.observations(),
        List.of(),
        digestAhead,
        identity.reportKey(digestAhead),
        true);
  }

  private void openIfEmpty() throws PublishStop {
    if (current != null && !currentOpened) {
      attempt(Realm.COMMON);
    }
  }

  private Attempt attempt(Realm realm) throws PublishStop {
    AttemptKey key = new AttemptKey(current.identity().key(), realm);
    Attempt attempt = attempts.get(key);
    if (attempt == null) {
      int number = attempts.size() + 1;
      if (number > factory.settings().maxScans()) {
        throw refused(
            Reason.TOO_MANY_SCANS,
            "it holds more than " + factory.settings().maxScans() + " scans; split it");
      }
      attempt = factory.create(number, current.identity(), realm, request, sender);
      attempt.start(started(current));
      attempts.put(key, attempt);
    }
    attempt.join(current);
    currentOpened = true;
    return attempt;
  }

  private ScanStarted started(ScanPart part) {
    return part.identity()
        .started(part.time(), request.publisher())
        .setFormat(format)
        .setReportName(reportName)
        .build();
  }

  private PublishStop refused(Reason reason, String message) {
    return new PublishStop(new Refused(reason, reportName + ": " + message));
  }

  private void guarded(Step step) throws PublishStop {
    if (stopped != null) {
      throw stopped;
    }
    try {
      step.run();
    } catch (PublishStop e) {
      stopped = e;
      throw e;
    }
  }

  private interface Step {
    void run() throws PublishStop;
  }
}
