package dev.sluice.streams.engine;

import dev.sluice.events.Adoption;
import dev.sluice.events.Completeness;
import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanStarted;
import dev.sluice.events.Support;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.AssetRow;
import dev.sluice.streams.state.row.JobRow;
import dev.sluice.streams.state.row.LineRow;
import dev.sluice.streams.state.row.OpenScanRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.util.HashMap;
import java.util.List;

/** The first step of a job: what it is about, and which phases it takes. */
final class Opening {
  private final State state;
  private final JobScans scans;
  private final Judgement judgement;
  private final Freshness freshness;
  private final Confirmation confirmation;

  Opening(
      State state,
      JobScans scans,
      Judgement judgement,
      Freshness freshness,
      Confirmation confirmation) {
    this.state = state;
    this.scans = scans;
    this.judgement = judgement;
    this.freshness = freshness;
    this.confirmation = confirmation;
  }

  /** Chooses the first phase. */
  void begin(Work work, JobRow job) {
    switch (job.getType()) {
      case "forget" -> Steps.turn(job, "forget");
      case "freshness" -> {
        freshness.check(work);
        Steps.turn(job, "forget");
      }
      case "redecide" -> {
        freshness.check(work);
        Steps.turn(job, "mark");
      }
      case "line-ended" ->
          Steps.turn(job, Retirement.retireLine(state, work, job.getSubject()) ? "mark" : "forget");
      case "confirm" -> {
        Steps.turn(job, confirmation.begin(work, job) ? "confirm" : "forget");
        work.scanned = scans.scanned(job);
      }
      default -> beginScan(work, job);
    }
  }

  private void beginScan(Work work, JobRow job) {
    OpenScanRow scan = job.getScan();
    ScanStarted started = scans.started(job);
    SeriesRow series = work.series(scan.getSeriesId());
    if (job.getCompleteness().equals(Completeness.FAILED.name())) {
      Steps.turn(job, "verdict");
      return;
    }
    if (series == null) {
      series = newSeries(scan, started);
      work.put(series);
    } else if (isKnownReport(series, job)) {
      repeat(series, job);
      Steps.turn(job, "verdict");
      return;
    }
    job.setMayResolve(
        job.getCompleteness().equals(Completeness.COMPLETE.name())
            && started.getPurpose() == ScanPurpose.HEAD);
    AssetRow asset = state.facts().asset(work.key);
    boolean adoptable = work.profile == null || work.profile.getAdoption() != Adoption.FROM_START;
    job.setFirstOfAsset(job.getMayResolve() && !asset.getScanned() && adoptable);
    if (job.getMayResolve()) {
      moveHead(work, job, started);
    }
    if (Retirement.revive(series)) {
      work.seriesToChange(series.getSeriesId());
      job.setSupportMoved(true);
    }
    if (job.getCompleteness().equals(Completeness.COMPLETE.name())) {
      look(work.seriesToChange(series.getSeriesId()), started);
    }
    Steps.turn(job, "again");
  }

  static SeriesRow newSeries(OpenScanRow scan, ScanStarted started) {
    return SeriesRow.newBuilder()
        .setSeriesId(scan.getSeriesId())
        .setSeries(started.getSeries())
        .setScope(started.getScope().getName())
        .setScanner(started.getScanner().getName())
        .setUnit(started.getUnit())
        .setLine(scan.getLine())
        .setStatement(started.getPurpose() == ScanPurpose.STATEMENT)
        .setPresentByEcosystem(new HashMap<>())
        .setBySeverity(new HashMap<>())
        .setWithheld(new HashMap<>())
        .build();
  }

  /** The series has looked: what it still shows holds as of now. */
  private static void look(SeriesRow series, ScanStarted started) {
    series.setLastScanTime(started.getTime().toEpochMilli());
    series.setLastVersion(started.getVersion());
    series.setLastDigest(started.getDigest());
    series.setLastCommit(started.getCommit());
    series.setFailedAt(0);
    series.setFailedWhy(null);
  }

  /**
   * Findings are judged by the version that was scanned; if that is supported otherwise, all are.
   */
  private void moveHead(Work work, JobRow job, ScanStarted started) {
    String line = job.getScan().getLine();
    Support before = judgement.support(work, line);
    boolean known = work.line(line) != null;
    work.putLine(
        LineRow.newBuilder()
            .setLine(line)
            .setHeadVersion(started.getVersion())
            .setHeadDigest(started.getDigest())
            .setHeadTime(started.getTime().toEpochMilli())
            .build());
    job.setSupportMoved(known && judgement.support(work, line) != before);
  }

  /** The same report again confirms nothing: what was in doubt still is, and is no pass. */
  private void repeat(SeriesRow series, JobRow job) {
    List<String> digests = series.getReportDigests();
    String last = digests.get(digests.size() - 1);
    boolean doubted =
        state.facts().held(series.getSeriesId()) != null
            && last.equals(scans.completed(job).getReportDigest());
    job.setCompleteness((doubted ? Completeness.SUSPICIOUS : Completeness.REPEATED).name());
    if (doubted) {
      job.setSuspicions(
          List.of("This report was suspicious before, and no other scan has confirmed it."));
    }
  }

  /** Whether this very report was applied to the series before. */
  boolean isKnownReport(SeriesRow series, JobRow job) {
    ScanCompleted completed = scans.completed(job);
    return completed != null
        && !completed.getReportDigest().isEmpty()
        && series.getReportDigests().contains(completed.getReportDigest());
  }
}
