package dev.sluice.streams.engine;

import dev.sluice.events.Completeness;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.HeldScanRow;
import dev.sluice.streams.state.row.JobRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/** A suspicious scan is kept until a person confirms it, or another scan makes it superfluous. */
final class Confirmation {
  private final State state;

  Confirmation(State state) {
    this.state = state;
  }

  /** Keeps what is needed to apply the scan later as if nobody had doubted it. */
  void hold(SeriesRow series, JobRow job) {
    state
        .facts()
        .putHeldScan(
            series.getSeriesId(),
            HeldScanRow.newBuilder()
                .setScan(job.getScan())
                .setCompleted(job.getCompleted())
                .setSuspicions(job.getSuspicions())
                .setNewFindings(job.getNewFindings())
                .build());
  }

  /**
   * Takes up the scan that was confirmed.
   *
   * @return false if it is no longer held
   */
  boolean begin(Work work, JobRow job) {
    Optional<SeriesRow> series = Notices.heldBy(state, work.key, job.getSubject());
    if (series.isEmpty()) {
      return false;
    }
    HeldScanRow held = state.facts().heldScan(series.get().getSeriesId());
    job.setScan(held.getScan());
    job.setCompleted(held.getCompleted());
    job.setSuspicions(held.getSuspicions());
    job.setNewFindings(held.getNewFindings());
    job.setCompleteness(Completeness.COMPLETE.name());
    return true;
  }

  /** Ordinals that the scan did not show and that are still claimed. */
  RoaringBitmap gone(SeriesRow series) {
    RoaringBitmap held = state.facts().held(series.getSeriesId());
    return RoaringBitmap.and(held, state.facts().live(series.getSeriesId()));
  }

  void end(SeriesRow series) {
    long id = series.getSeriesId();
    RoaringBitmap live = state.facts().live(id);
    live.andNot(state.facts().held(id));
    state.facts().putLive(id, live);
    state.facts().putHeld(id, null);
  }
}
