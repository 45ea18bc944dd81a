package dev.sluice.streams.engine;

import dev.sluice.events.Observation;
import dev.sluice.events.ScanStarted;
import dev.sluice.streams.engine.Showings.Look;
import dev.sluice.streams.state.OpenScan;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.Table;
import dev.sluice.streams.state.row.JobRow;
import dev.sluice.streams.state.row.OpenScanRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.nio.ByteBuffer;
import java.util.List;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** What a scan shows becomes claims, and what it shows no longer goes, unless it is in doubt. */
final class Taking {
  private final State state;
  private final JobScans scans;
  private final Claims claims;
  private final Doubt doubt;
  private final Confirmation confirmation;
  private final RowCodec<Observation> observations = new RowCodec<>(Observation.class);

  Taking(State state, Knowledge knowledge, JobScans scans, Confirmation confirmation) {
    this.state = state;
    this.scans = scans;
    this.claims = new Claims(state);
    this.doubt = new Doubt(state, knowledge, claims);
    this.confirmation = confirmation;
  }

  /** What was ended by others since the last scan of this series may be shown again. */
  void lookAgain(Work work, JobRow job) {
    if (state.order().markAgain(work.key, job.getScan().getSeriesId(), Steps.PAGE)) {
      Steps.turn(job, "claims");
    }
  }

  void takeClaims(Work work, JobRow job) {
    OpenScanRow row = job.getScan();
    OpenScan scan = state.staging().find(job.getScanKey());
    ScanStarted started = scans.started(job);
    Look look = scans.look(job);
    SeriesRow series = work.seriesToChange(row.getSeriesId());
    List<Table.Entry> page =
        state.staging().staged(job.getScanKey(), Steps.bytes(job.getCursor()), Steps.PAGE);
    for (Table.Entry entry : page) {
      Observation observation = observations.decode(entry.value());
      if (!claims.take(work.key, series, scan, observation, started.getUnit(), look)) {
        row.setRepeats(row.getRepeats() + 1);
      }
      job.setCursor(ByteBuffer.wrap(entry.key()));
    }
    job.setCollisions(job.getCollisions() + claims.collisions());
    state.staging().save(scan);
    if (page.size() < Steps.PAGE) {
      Steps.turn(job, "back");
    }
  }

  void bringBack(Work work, JobRow job) {
    SeriesRow series = work.seriesToChange(job.getScan().getSeriesId());
    RoaringBitmap back = state.staging().marks(job.getScanKey());
    back.andNot(state.facts().live(series.getSeriesId()));
    if (turnAll(work, series, back, true, job)) {
      Steps.turn(job, "gone");
    }
  }

  void letGo(Work work, JobRow job) {
    SeriesRow series = work.seriesToChange(job.getScan().getSeriesId());
    RoaringBitmap shown = state.staging().marks(job.getScanKey());
    RoaringBitmap live = state.facts().live(series.getSeriesId());
    RoaringBitmap gone = RoaringBitmap.andNot(live, shown);
    if (job.getMayResolve() && job.getCursor() == null) {
      doubt.weigh(work, series, gone, job);
    }
    if (job.getMayResolve() && !turnAll(work, series, gone, false, job)) {
      return;
    }
    RoaringBitmap next = job.getMayResolve() ? shown : RoaringBitmap.or(live, shown);
    if (!next.equals(live)) {
      state.facts().putLive(series.getSeriesId(), next);
    }
    Steps.turn(job, "renames");
  }

  void confirm(Work work, JobRow job) {
    SeriesRow series = work.seriesToChange(job.getScan().getSeriesId());
    if (turnAll(work, series, confirmation.gone(series), false, job)) {
      confirmation.end(series);
      Steps.turn(job, "renames");
    }
  }

  /** Turns claims on or off from where the job left off; returns whether all are turned. */
  private boolean turnAll(
      Work work, SeriesRow series, RoaringBitmap ordinals, boolean present, JobRow job) {
    Look look = scans.look(job);
    int from = job.getCursor() == null ? 0 : job.getCursor().getInt(job.getCursor().position());
    ordinals.remove(0L, from);
    IntIterator each = ordinals.getIntIterator();
    for (int n = 0; n < Steps.PAGE; n++) {
      if (!each.hasNext()) {
        return true;
      }
      int ordinal = each.next();
      claims.turn(work.key, series, ordinal, present, look);
      job.setCursor(ByteBuffer.allocate(4).putInt(0, ordinal + 1));
    }
    return false;
  }
}
