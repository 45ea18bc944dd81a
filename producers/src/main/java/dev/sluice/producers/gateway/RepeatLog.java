package dev.sluice.producers.gateway;

import dev.sluice.events.Completeness;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.publish.Admission.EarlierScan;
import dev.sluice.producers.publish.PublishResult;
import dev.sluice.producers.publish.ReportKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which reports were published lately, so that a repeat is acknowledged with the first one's scan.
 * It learns from what this gateway publishes, and from verdicts: of other gateways, and from before
 * a restart. It keeps the newest 10,000, about 3 MiB. For many threads.
 */
final class RepeatLog {
  private static final int MOST = 10_000;

  /**
   * @param decided whether its verdict was seen; a scan whose verdict is no longer to be had is no
   *     answer to somebody who waits for one
   */
  private record Entry(EarlierScan scan, Instant at, boolean decided) {}

  private final Duration window;
  private final InstantSource clock;
  private final VerdictView verdicts;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * @param window how long a repeat is one; zero never takes anything for one
   */
  RepeatLog(Duration window, InstantSource clock, VerdictView verdicts) {
    this.window = window;
    this.clock = clock;
    this.verdicts = verdicts;
  }

  synchronized Optional<EarlierScan> find(ReportKey key) {
    Entry entry = entries.get(hash(key));
    if (entry == null || !entry.at().plus(window).isAfter(clock.instant())) {
      return Optional.empty();
    }
    boolean answered = !entry.decided() || verdicts.find(entry.scan().scanId()).isPresent();
    return answered ? Optional.of(entry.scan()) : Optional.empty();
  }

  synchronized void published(PublishResult result) {
    EarlierScan scan =
        new EarlierScan(
            result.scanId(), result.attemptId(), result.observations(), result.embargoed());
    Entry known = entries.get(hash(result.key()));
    boolean again = known != null && known.scan().attemptId().equals(scan.attemptId());
    // The verdict may have been faster; and a scan with a part under embargo is known by the other.
    if (!again && !(result.embargoed() && known != null && !known.scan().embargoed())) {
      put(result.key(), new Entry(scan, clock.instant(), false));
    }
  }

  synchronized void decided(ScanVerdict verdict) {
    if (verdict.getReportDigest() == null) {
      return;
    }
    // The line that was stated is the line it got; stated or not, it is the same delivery.
    learn(verdict, key(verdict, null));
    learn(verdict, key(verdict, verdict.getLine()));
  }

  private void learn(ScanVerdict verdict, ReportKey key) {
    boolean whole =
        verdict.getCompleteness() == Completeness.COMPLETE
            || verdict.getCompleteness() == Completeness.REPEATED
            || verdict.getCompleteness() == Completeness.SUSPICIOUS;
    EarlierScan scan =
        new EarlierScan(
            verdict.getScanId(), verdict.getAttemptId(), verdict.getObservations(), false);
    if (whole) {
      Instant at = verdict.getDecidedAt() == null ? clock.instant() : verdict.getDecidedAt();
      put(key, new Entry(scan, at, true));
    } else {
      Entry known = entries.get(hash(key));
      if (known != null && known.scan().attemptId().equals(scan.attemptId())) {
        entries.remove(hash(key));
      }
    }
  }

  private void put(ReportKey key, Entry entry) {
    String hash = hash(key);
    entries.remove(hash);
    entries.put(hash, entry);
    if (entries.size() > MOST) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  private static ReportKey key(ScanVerdict verdict, String line) {
    return new ReportKey(
        verdict.getReportDigest(),
        verdict.getAsset(),
        verdict.getUnit(),
        verdict.getVersion(),
        line,
        verdict.getDigest(),
        verdict.getCommit(),
        verdict.getBranch(),
        verdict.getSeries(),
        verdict.getPurpose());
  }

  /** Keys are long; equal hashes of 128 bits do not happen by chance. */
  private static String hash(ReportKey key) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256")
              .digest(key.toString().getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(all).substring(0, 22);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
