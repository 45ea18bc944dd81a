package dev.sluice.producers.publish;

import dev.sluice.events.DisclosureStep;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.PrivateReport;
import dev.sluice.events.ScanStarted;
import dev.sluice.producers.asset.AssetName;
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
import java.util.function.Predicate;

/**
 * Turns one reading of one report into attempts. An attempt is opened by its first observation,
 * which tells under which realm it goes; a scan that found nothing is opened when it ends.
 */
final class PublishSession implements ReportHandler {
  private record AttemptKey(ScanIdentity.Key scan, Realm realm) {}

  private final AttemptFactory factory;
  private final PublishRequest request;
  private final Predicate<AssetName> permitted;
  private final EventSender sender;
  private final String reportName;
  private final String format;
  private final Instant now;
  private final Map<AttemptKey, Attempt> attempts = new LinkedHashMap<>();
  private final WarningLog early = new WarningLog();
  private ScanPart current;
  private boolean currentOpened;
  private PublishStop stopped;

  PublishSession(
      AttemptFactory factory,
      PublishRequest request,
      Predicate<AssetName> permitted,
      EventSender sender,
      String reportName,
      String format,
      Instant now) {
    this.factory = factory;
    this.request = request;
    this.permitted = permitted;
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
    sender.awaitAll();
    List<PublishResult> results = new ArrayList<>();
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
    if (!permitted.test(identity.asset())) {
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
    currentOpened = false;
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
    ScanIdentity identity = part.identity();
    return ScanStarted.newBuilder()
        .setScanner(identity.scanner())
        .setFormat(format)
        .setReportName(reportName)
        .setUnit(identity.unit())
        .setVersion(identity.version())
        .setReleaseLine(identity.releaseLine())
        .setDigest(identity.digest())
        .setCommit(identity.commit())
        .setBranch(identity.branch())
        .setSeries(identity.series())
        .setScope(identity.scope())
        .setPurpose(identity.purpose())
        .setTime(part.time().time())
        .setTimeSource(part.time().source())
        .setPublisher(request.publisher())
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
