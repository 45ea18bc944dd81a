package dev.sluice.producers.publish;

import dev.sluice.events.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When a scan ran: as the report says, else its commit, else now. */
record ScanTime(Instant time, TimeSource source) {

  static ScanTime of(Instant report, Instant commit, Instant now) {
    Instant time = now;
    TimeSource source = TimeSource.PUBLISH;
    if (report != null) {
      time = report;
      source = TimeSource.REPORT;
    } else if (commit != null) {
      time = commit;
      source = TimeSource.COMMIT;
    }
    // As precise as the wire, so that what is kept equals what was sent.
    return new ScanTime(time.truncatedTo(ChronoUnit.MILLIS), source);
  }

  /** A time ahead of us would make every later scan of the series look old. */
  boolean isFuture(Instant now, Duration allowance) {
    return time.isAfter(now.plus(allowance));
  }
}
