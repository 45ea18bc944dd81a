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
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** What a scan shows becomes claims, and what it shows no longer goes, unless it is in doubt. */
final class Taking {
  private final State state;
  private final JobScans scans;
  private final Claims claims;
  private final Doubt doubt;
  private final Confirmation confirmation;
  private final RowCodec<Observation> observations = new RowCodec<>(Observation.class);

  /** What is being turned on or off, worked out anew after a crash only; else null. */
  private PeekableIntIterator turning;

  Taking(State state, Knowledge knowledge, JobScans scans, Confirmation confirmation) {
    this.state = state;
    this.scans = scans;
    this.claims = new Claims(state);
    this.doubt = new Doubt(state, knowledge, claims);
    this.confirmation = confirmation;
  }

  /** Another job begins. */
  void begin() {
    turning = null;
    claims.begin();
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
    // Where no mark is set yet, those that come and go within this slice need no look at the store.
    state.order().markedAtoms(work.key, null, 1);
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

  /** What this very run has just taken is there already. */
  void bringBack(Work work, JobRow job) {
    SeriesRow series = work.seriesToChange(job.getScan().getSeriesId());
    if (turning == null) {
      RoaringBitmap back = state.staging().marks(job.getScanKey());
      back.andNot(state.facts().live(series.getSeriesId()));
      back.andNot(claims.taken());
      turning = behind(job, back);
    }
    if (turnAll(work, series, true, job)) {
      Steps.turn(job, "gone");
    }
  }

  void letGo(Work work, JobRow job) {
    SeriesRow series = work.seriesToChange(job.getScan().getSeriesId());
    if (turning == null) {
      RoaringBitmap gone = state.facts().live(series.getSeriesId());
      gone.andNot(state.staging().marks(job.getScanKey()));
      if (job.getMayResolve() && job.getCursor() == null) {
        doubt.weigh(work, series, gone, job);
      }
      turning = behind(job, job.getMayResolve() ? gone : new RoaringBitmap());
    }
    if (!turnAll(work, series, false, job)) {
      return;
    }
    RoaringBitmap next = state.staging().marks(job.getScanKey());
    RoaringBitmap live = state.facts().live(series.getSeriesId());
    if (!job.getMayResolve()) {
      next.or(live);
    }
    if (!next.equals(live)) {
      state.facts().putLive(series.getSeriesId(), next);
    }
    Steps.turn(job, "renames");
  }

  void confirm(Work work, JobRow job) {
    SeriesRow series = work.seriesToChange(job.getScan().getSeriesId());
    if (turning == null) {
      turning = behind(job, confirmation.gone(series));
    }
    if (turnAll(work, series, false, job)) {
      confirmation.end(series);
      Steps.turn(job, "renames");
    }
  }

  /** Ordinals from where the job left off. */
  private static PeekableIntIterator behind(JobRow job, RoaringBitmap ordinals) {
    PeekableIntIterator each = ordinals.getIntIterator();
    if (job.getCursor() != null) {
      each.advanceIfNeeded(job.getCursor().getInt(job.getCursor().position()));
    }
    return each;
  }

  /** Turns claims on or off, a page at a time; returns whether all are turned. */
  private boolean turnAll(Work work, SeriesRow series, boolean present, JobRow job) {
    Look look = scans.look(job);
    for (int n = 0; n < Steps.PAGE && turning.hasNext(); n++) {
      int ordinal = turning.next();
      claims.turn(work.key, series, ordinal, present, look);
      job.setCursor(ByteBuffer.allocate(4).putInt(0, ordinal + 1));
    }
    boolean done = !turning.hasNext();
    if (done) {
      turning = null;
    }
    return done;
  }
}
