package dev.sluice.streams.engine;

import dev.sluice.events.Completeness;
import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanStarted;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.AssetRow;
import dev.sluice.streams.state.row.JobRow;
import dev.sluice.streams.state.row.OpenScanRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.util.ArrayList;
import java.util.List;

/** The end of a scan: its verdict, and what the next one is compared with. */
final class Closing {
  private static final int DIGESTS_KEPT = 16;

  private final State state;
  private final Outputs outputs;
  private final JobScans scans;
  private final Opening opening;
  private final Verdicts verdicts;
  private final Freshness freshness;
  private final Confirmation confirmation;

  Closing(
      State state,
      Knowledge knowledge,
      Outputs outputs,
      JobScans scans,
      Opening opening,
      Freshness freshness,
      Confirmation confirmation) {
    this.state = state;
    this.outputs = outputs;
    this.scans = scans;
    this.opening = opening;
    this.verdicts = new Verdicts(state, knowledge);
    this.freshness = freshness;
    this.confirmation = confirmation;
  }

  void decide(Work work, JobRow job) {
    job.setNewFindings(job.getNewFindings() + work.newFindings);
    job.setFixedFindings(job.getFixedFindings() + work.fixedFindings);
    work.newFindings = 0;
    work.fixedFindings = 0;
    long news = job.getScan().getCount() - job.getScan().getRepeats();
    job.setMerged(Math.max(0, news - job.getNewFindings()));
    SeriesRow series = work.series(job.getScan().getSeriesId());
    outputs.verdict(verdicts.verdict(work, job, series));
    Completeness completeness = Completeness.valueOf(job.getCompleteness());
    if (completeness == Completeness.COMPLETE || completeness == Completeness.SUSPICIOUS) {
      remember(work, job, work.seriesToChange(series.getSeriesId()));
    }
    if (completeness == Completeness.SUSPICIOUS) {
      confirmation.hold(series, job);
    }
    ScanStarted started = scans.started(job);
    if (started.getPurpose() == ScanPurpose.HEAD) {
      if (completeness == Completeness.FAILED || completeness == Completeness.ABANDONED) {
        fail(work, job, started);
      }
      freshness.check(work);
    }
    Steps.turn(job, "forget");
  }

  /** Notes that a scan failed; what was broken off because its branch ended is missed by nobody. */
  private void fail(Work work, JobRow job, ScanStarted started) {
    String why = String.join("; ", job.getSuspicions());
    if (why.startsWith(Notices.BRANCH_ENDED)) {
      return;
    }
    OpenScanRow scan = job.getScan();
    if (work.series(scan.getSeriesId()) == null) {
      work.put(Opening.newSeries(scan, started));
    }
    SeriesRow series = work.seriesToChange(scan.getSeriesId());
    if (series.getFailedAt() == 0) { // since the first of several in a row
      series.setFailedAt(work.now.toEpochMilli());
      series.setFailedWhy(why);
    }
  }

  /** What the next scan of the series is compared with. */
  private void remember(Work work, JobRow job, SeriesRow series) {
    OpenScanRow scan = job.getScan();
    ScanStarted started = scans.started(job);
    ScanCompleted completed = scans.completed(job);
    series.setLastScanId(scan.getScanId());
    if (!completed.getReportDigest().isEmpty() && !opening.isKnownReport(series, job)) {
      List<String> digests = new ArrayList<>(series.getReportDigests());
      digests.add(completed.getReportDigest());
      int surplus = Math.max(0, digests.size() - DIGESTS_KEPT);
      series.setReportDigests(new ArrayList<>(digests.subList(surplus, digests.size())));
    }
    if (started.getPurpose() != ScanPurpose.HEAD) {
      return;
    }
    AssetRow asset = state.facts().asset(work.key);
    if (!asset.getScanned()) {
      asset.setScanned(true);
      state.facts().putAsset(work.key, asset);
    }
  }
}
