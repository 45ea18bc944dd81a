package dev.sluice.streams.engine;

import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanStarted;
import dev.sluice.streams.engine.Showings.Look;
import dev.sluice.streams.rules.finding.Build;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.row.JobRow;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads what a job holds of its scan. */
final class JobScans {
  private final RowCodec<ScanStarted> starts = new RowCodec<>(ScanStarted.class);
  private final RowCodec<ScanCompleted> ends = new RowCodec<>(ScanCompleted.class);

  ScanStarted started(JobRow job) {
    return starts.decode(job.getScan().getStarted());
  }

  /** How the scan ended, or null if it did not. */
  ScanCompleted completed(JobRow job) {
    return ends.decode(job.getCompleted());
  }

  /**
   * The commit, else the digest, else the version: what stays the same when a build is repeated.
   */
  String scanned(JobRow job) {
    if (job.getScan() == null) {
      return null;
    }
    ScanStarted started = started(job);
    return Stream.of(started.getCommit(), started.getDigest(), started.getVersion())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(job.getScan().getScanId());
  }

  /** When, and at which build, the scan looked. */
  Look look(JobRow job) {
    ScanStarted started = started(job);
    return new Look(
        started.getTime().toEpochMilli(),
        new Build(started.getDigest(), started.getCommit(), started.getVersion()));
  }
}
