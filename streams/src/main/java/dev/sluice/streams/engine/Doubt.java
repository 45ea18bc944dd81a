package dev.sluice.streams.engine;

import dev.sluice.events.Completeness;
import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanStarted;
import dev.sluice.streams.rules.scan.ScanCounts;
import dev.sluice.streams.rules.scan.Suspicion;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.JobRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;

/** Whether a scan that no longer shows things can be believed. */
final class Doubt {
  private final State state;
  private final Knowledge knowledge;
  private final Claims claims;
  private final RowCodec<ScanStarted> starts = new RowCodec<>(ScanStarted.class);
  private final RowCodec<ScanCompleted> ends = new RowCodec<>(ScanCompleted.class);

  Doubt(State state, Knowledge knowledge, Claims claims) {
    this.state = state;
    this.knowledge = knowledge;
    this.claims = claims;
  }

  /** A scan that lost too much resolves nothing until a second one shows the same. */
  void weigh(Work work, SeriesRow series, RoaringBitmap gone, JobRow job) {
    List<String> reasons = judge(work, series, gone, job);
    if (reasons.isEmpty()) {
      state.facts().putHeld(series.getSeriesId(), null);
      return;
    }
    RoaringBitmap held = state.facts().held(series.getSeriesId());
    if (held != null && judge(work, series, RoaringBitmap.andNot(gone, held), job).isEmpty()) {
      state.facts().putHeld(series.getSeriesId(), null);
      return;
    }
    state.facts().putHeld(series.getSeriesId(), gone);
    job.setMayResolve(false);
    job.setCompleteness(Completeness.SUSPICIOUS.name());
    job.setSuspicions(new ArrayList<>(reasons));
  }

  private List<String> judge(Work work, SeriesRow series, RoaringBitmap gone, JobRow job) {
    if (gone.isEmpty()) {
      return List.of();
    }
    Map<String, Long> goneBy = new HashMap<>();
    gone.forEach(
        (IntConsumer)
            ordinal -> goneBy.merge(claims.group(work.key, series, ordinal), 1L, Long::sum));
    // What this scan brought is counted already; what was there before it is asked for.
    RoaringBitmap live = state.facts().live(series.getSeriesId());
    Map<String, Long> beforeBy = new HashMap<>(goneBy);
    series.getPresentByEcosystem().forEach((group, n) -> beforeBy.merge(group, n, Math::max));
    ScanStarted started = starts.decode(job.getScan().getStarted());
    ScanCompleted completed = ends.decode(job.getCompleted());
    Instant built = started.getScanner().getDatabaseBuiltAt();
    return Suspicion.judge(
        new ScanCounts(
            live.getLongCardinality(),
            gone.getLongCardinality(),
            beforeBy,
            goneBy,
            job.getScan().getCount(),
            built == null ? null : Duration.between(built, started.getTime()),
            completed == null ? null : completed.getComponentsSeen()),
        knowledge.policy().suspicion());
  }
}
