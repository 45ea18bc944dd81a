package dev.sluice.streams.rules.scan;

import dev.sluice.events.ExpectedScan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Which scans of an asset are missing: overdue by their cadence, or failed and not repeated. */
public final class ExpectedScans {
  /**
   * What is known of the scans of one series.
   *
   * @param scope name of its scope, or null
   * @param last time of the last complete scan, or null
   * @param failed when a scan failed since, or null
   * @param why why it failed, or null
   */
  public record Known(String scanner, String scope, Instant last, Instant failed, String why) {}

  /**
   * A scan that is missing.
   *
   * @param since since when
   * @param reason one sentence for people; the same as long as nothing happens
   */
  public record Missing(String scanner, String scope, Instant since, String reason) {}

  /**
   * @param nextLook when one more will be overdue, or null
   */
  public record Answer(List<Missing> missing, Instant nextLook) {}

  private ExpectedScans() {}

  /**
   * @param since since when the scans are expected: one that never came is overdue from then on
   */
  public static Answer judge(
      List<ExpectedScan> expected, List<Known> known, Instant since, Instant now) {
    List<Missing> missing = new ArrayList<>();
    Instant nextLook = null;
    for (ExpectedScan scan : expected) {
      List<Known> mine = known.stream().filter(k -> isMeant(scan, k)).toList();
      Instant last =
          mine.stream()
              .map(Known::last)
              .filter(Objects::nonNull)
              .max(Instant::compareTo)
              .orElse(null);
      Instant overdue =
          (last == null ? since : last).plus(Duration.ofHours(scan.getCadenceHours()));
      Known failed = failed(mine, last);
      if (!overdue.isAfter(now)) {
        String before =
            last == null ? "there was none so far" : "the last complete one is of " + last;
        missing.add(
            new Missing(
                scan.getScanner(),
                scan.getScope(),
                overdue,
                "A scan is expected every "
                    + scan.getCadenceHours()
                    + " hours, and "
                    + before
                    + "."));
      } else {
        nextLook = nextLook == null || overdue.isBefore(nextLook) ? overdue : nextLook;
        if (failed != null) {
          missing.add(failure(failed, scan.getScope()));
        }
      }
    }
    for (Known one : known) {
      boolean expectedToo = expected.stream().anyMatch(scan -> isMeant(scan, one));
      if (!expectedToo && one.failed() != null) {
        missing.add(failure(one, one.scope()));
      }
    }
    return new Answer(missing, nextLook);
  }

  /** A failure counts until a scan of the same scanner and scope completes. */
  private static Known failed(List<Known> known, Instant last) {
    return known.stream()
        .filter(k -> k.failed() != null && (last == null || k.failed().isAfter(last)))
        .findFirst()
        .orElse(null);
  }

  private static Missing failure(Known known, String scope) {
    return new Missing(
        known.scanner(),
        scope,
        known.failed(),
        "The last scan failed (" + known.why() + ") and none has completed since.");
  }

  private static boolean isMeant(ExpectedScan scan, Known known) {
    return scan.getScanner().equals(known.scanner())
        && (scan.getScope() == null || scan.getScope().equals(known.scope()));
  }
}
