package dev.sluice.streams.engine;

import dev.sluice.events.AssetProfile;
import dev.sluice.events.KnowledgeKind;
import dev.sluice.events.KnowledgeRevision;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanStarted;
import dev.sluice.events.ScanVerdict;
import dev.sluice.streams.rules.identity.VulnerabilityIds;
import dev.sluice.streams.rules.life.ItemLife.Cause;
import dev.sluice.streams.rules.version.ReleaseLines;
import dev.sluice.streams.state.Facts;
import dev.sluice.streams.state.Order.Affected;
import dev.sluice.streams.state.Order.Job;
import dev.sluice.streams.state.Order.Sweep;
import dev.sluice.streams.state.OverlayTable;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.SeenIndex;
import dev.sluice.streams.state.SliceTable;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.Table;
import dev.sluice.streams.state.row.AssetRow;
import dev.sluice.streams.state.row.JobRow;
import dev.sluice.streams.state.row.KnowledgeRow;
import dev.sluice.streams.state.row.LineRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Everything that happens in one partition, from an event to its results. One thread at a time.
 *
 * <p>Observations only stage; a complete scan is applied as a whole, in slices, and then its items
 * and its verdict go out. Assets take turns, so that a large scan of one does not hold up the
 * others.
 */
public final class Engine {
  /** Under these the day that was acted on last is kept, beside the reference data. */
  private static final String CALENDAR = "CALENDAR";

  private static final String DAY = "day";

  /** A report from further ahead than clocks differ is refused: its time orders everything. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  /** The four tables of a partition. */
  public record Tables(Table seen, Table staging, Table facts, Table order) {}

  private final Tables tables;
  private final List<SliceTable> slice;
  private final State state;
  private final Knowledge knowledge;
  private final Outputs outputs;
  private final EngineSettings settings;
  private final Clock clock;
  private final LongSupplier nanos;
  private final JobQueue queue;
  private final Intake intake;
  private final Items items;
  private final Map<Long, Applying> running = new HashMap<>();
  private Applying spare;
  private final RowCodec<ScanStarted> starts = new RowCodec<>(ScanStarted.class);

  /**
   * @param clock wall clock
   * @param nanos a clock that only moves forward, in nanoseconds, for measuring slices
   */
  public Engine(
      Tables tables,
      Knowledge knowledge,
      Outputs outputs,
      EngineSettings settings,
      Clock clock,
      LongSupplier nanos) {
    SliceTable seen = new SliceTable(tables.seen());
    SliceTable facts = new SliceTable(tables.facts());
    SliceTable order = new SliceTable(tables.order());
    this.slice = List.of(seen, facts, order);
    this.tables = new Tables(seen, tables.staging(), facts, order);
    this.state = State.over(seen, tables.staging(), facts, order);
    this.knowledge = knowledge;
    this.outputs = outputs;
    this.settings = settings;
    this.clock = clock;
    this.nanos = nanos;
    this.queue = new JobQueue(state);
    // What has been said before is looked up once an observation and never written on arrival.
    State arriving =
        new State(new SeenIndex(tables.seen()), state.staging(), state.facts(), state.order());
    this.intake = new Intake(arriving, knowledge, queue, settings);
    this.items = new Items(state, knowledge, outputs, settings);
  }

  /**
   * Takes an event in.
   *
   * @return why it cannot be used, or empty
   */
  public Optional<String> accept(ScanEvent event) {
    Optional<String> refusal = intake.accept(event, clock.millis());
    write();
    return refusal;
  }

  /** Ends what is done at once: from here on a commit finds all of it in the tables. */
  private void write() {
    slice.forEach(SliceTable::flush);
  }

  /**
   * Works on what is complete, for one slice.
   *
   * @return whether there is more to do
   */
  public boolean advance() {
    boolean more = workForASlice();
    write();
    return more;
  }

  private boolean workForASlice() {
    long end = nanos.getAsLong() + settings.slice().toNanos();
    BooleanSupplier timeIsUp = () -> nanos.getAsLong() - end >= 0;
    while (true) {
      Job job = queue.next();
      if (job == null) {
        if (!sweep()) {
          return false;
        }
      } else {
        work(job, timeIsUp);
      }
      if (timeIsUp.getAsBoolean()) {
        return true;
      }
    }
  }

  /** What the clock brings: reminders, and scans that nobody ends. */
  public void tick() {
    for (long asset : items.remindUntil(clock.instant(), 1_000)) {
      queue.add(
          state.facts().asset(asset).getAsset(),
          JobRow.newBuilder()
              .setType("freshness")
              .setCompleteness("")
              .setPhase("")
              .setCause("clock")
              .build());
    }
    turnThePage();
    intake.abandon(clock.millis(), settings.abandonAfter());
    write();
  }

  /**
   * Dates take effect at midnight UTC: ends of support, of acceptances, of deadlines. What was
   * decided by one of them is decided again on the first day after it.
   */
  private void turnThePage() {
    long day = clock.instant().atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    KnowledgeRow before = state.order().knowledge(CALENDAR, DAY);
    if (before != null && before.getRevision() >= day) {
      return;
    }
    KnowledgeRow today =
        KnowledgeRow.newBuilder()
            .setKind(CALENDAR)
            .setName(DAY)
            .setRevision(day)
            .setVersion("")
            .build();
    state.order().putKnowledge(today);
    if (before != null) {
      state.order().putSweep(new Sweep(today, null));
    }
  }

  /** What the team says of an asset has changed; null if it says nothing any more. */
  public void profile(String asset, AssetProfile profile) {
    long key = Facts.assetKey(asset);
    AssetProfile before = state.facts().profile(key);
    Retirement.retireScanners(state, key, before, profile);
    state.facts().putProfile(key, profile);
    if (!settings.embargoed() && profile != null && !profile.getExpected().isEmpty()) {
      expect(asset, before == null || !before.getExpected().equals(profile.getExpected()));
    }
    if (state.facts().asset(key) != null) {
      redecide(asset, Cause.PROFILE + asset);
    }
    write();
  }

  /** An asset of which scans are expected is known before the first of them comes. */
  private void expect(String asset, boolean anew) {
    long key = Facts.assetKey(asset);
    AssetRow row = state.facts().asset(key);
    if (row == null) {
      row = AssetRow.newBuilder().setAsset(asset).build();
    }
    if (anew) {
      row.setExpectedSince(clock.millis());
    }
    state.facts().putAsset(key, row);
  }

  /** Reference data has reached a revision: whatever it may change is decided again. */
  public void knowledge(KnowledgeRevision revision) {
    learn(revision);
    write();
  }

  private void learn(KnowledgeRevision revision) {
    KnowledgeRow row = row(revision);
    if (act(row)) {
      if (isIndexed(revision.getKind()) && !revision.getEverything()) {
        affected(revision.getChanged(), row);
      } else {
        state.order().putSweep(new Sweep(row, null));
      }
    }
  }

  private static boolean isIndexed(KnowledgeKind kind) {
    return kind == KnowledgeKind.INTEL || kind == KnowledgeKind.SUPPRESSIONS;
  }

  /** Notes a revision of which the data has not arrived; what was used before stays in force. */
  public void await(KnowledgeRevision revision) {
    state.order().putAwaited(row(revision));
    write();
  }

  /** Revisions of which the data had not arrived when they were announced. */
  public List<KnowledgeRow> awaited() {
    return state.order().awaited();
  }

  /** The data of an awaited revision has arrived, and the announcement says what it changes. */
  public void arrived(KnowledgeRow row, KnowledgeRevision announced) {
    state.order().removeAwaited(row);
    learn(announced);
    write();
  }

  /** The data of an awaited revision has arrived. */
  public void arrived(KnowledgeRow row) {
    state.order().removeAwaited(row);
    if (act(row)) {
      state.order().putSweep(new Sweep(row, null));
    }
    write();
  }

  /** Whether the revision is news to this partition, and not what it has used all along. */
  private boolean act(KnowledgeRow row) {
    KnowledgeRow before = state.order().knowledge(row.getKind(), row.getName());
    if (before != null && before.getRevision() >= row.getRevision()) {
      return false;
    }
    state.order().putKnowledge(row);
    return before == null
        || row.getVersion().isEmpty()
        || !row.getVersion().equals(before.getVersion());
  }

  private static KnowledgeRow row(KnowledgeRevision revision) {
    return KnowledgeRow.newBuilder()
        .setKind(revision.getKind().name())
        .setName(revision.getName())
        .setRevision(revision.getRevision())
        .setVersion(revision.getVersion())
        .build();
  }

  /** The revision of reference data that this partition has acted on, or null. */
  public KnowledgeRow acted(KnowledgeKind kind, String name) {
    return state.order().knowledge(kind.name(), name);
  }

  private void affected(List<String> vulnerabilities, KnowledgeRow cause) {
    Set<Long> assets = new HashSet<>();
    for (String id : vulnerabilities) {
      Affected last = null;
      while (true) {
        List<Affected> page = state.order().affected(VulnerabilityIds.normalise(id), last, 500);
        for (Affected atom : page) {
          state.order().markAtom(atom.asset(), atom.atom());
          assets.add(atom.asset());
          last = atom;
        }
        if (page.size() < 500) {
          break;
        }
      }
    }
    for (long asset : assets) {
      add(state.facts().asset(asset).getAsset(), "findings", causeId(cause));
    }
  }

  /** One page of the assets that a change of knowledge may concern. */
  private boolean sweep() {
    Sweep sweep = state.order().sweep();
    if (sweep == null) {
      return false;
    }
    List<AssetRow> page = state.facts().assets(sweep.afterAsset(), 100);
    KnowledgeRow row = sweep.knowledge();
    Long last = sweep.afterAsset();
    for (AssetRow asset : page) {
      long key = Facts.assetKey(asset.getAsset());
      boolean ofProduct =
          Products.of(asset.getAsset(), state.facts().profile(key)).equals(row.getName());
      if (!row.getKind().equals(KnowledgeKind.SUPPORT_MATRIX.name()) || ofProduct) {
        redecide(asset.getAsset(), causeId(row));
      }
      last = key;
    }
    if (page.size() < 100) {
      state.order().removeSweep(sweep);
    } else {
      state.order().putSweep(new Sweep(row, last));
    }
    return true;
  }

  private void redecide(String asset, String cause) {
    add(asset, "", cause);
  }

  private void add(String asset, String phase, String cause) {
    queue.add(
        asset,
        JobRow.newBuilder()
            .setType("redecide")
            .setCompleteness("")
            .setPhase(phase)
            .setCause("knowledge")
            .setCauseId(cause)
            .build());
  }

  private static String causeId(KnowledgeRow row) {
    return row.getKind() + ":" + row.getName() + "@" + row.getRevision();
  }

  private void work(Job job, BooleanSupplier timeIsUp) {
    Applying applying = running.computeIfAbsent(job.asset(), asset -> begin(job));
    boolean done = applying.run(job, clock.instant(), timeIsUp);
    if (!done) {
      queue.keep(job);
      return;
    }
    running.remove(job.asset());
    if (applying.isOn(state)) {
      spare = applying;
    }
    // A proposal forgot its scan in its overlay only.
    boolean forgotten =
        job.row().getScanKey() == null || state.staging().forget(job.row().getScanKey(), 1_000);
    while (!forgotten) {
      forgotten = state.staging().forget(job.row().getScanKey(), 1_000);
    }
    queue.done(job);
  }

  /** Where a job works: on the state itself, or on an overlay if it must leave nothing behind. */
  private Applying begin(Job job) {
    JobRow row = job.row();
    if (!row.getType().equals("apply")) {
      return onState();
    }
    ScanStarted started = starts.decode(row.getScan().getStarted());
    if (started.getTime().isAfter(clock.instant().plus(CLOCK_SKEW))) {
      row.setCompleteness("FAILED");
      row.setSuspicions(
          List.of("the time of the scan, " + started.getTime() + ", is in the future"));
    }
    if (movesState(job.asset(), row, started)) {
      return onState();
    }
    row.setPhase("");
    row.setCursor(null);
    row.setNewFindings(0);
    row.setFixedFindings(0);
    State overlay =
        State.over(
            new OverlayTable(tables.seen()),
            new OverlayTable(tables.staging()),
            new OverlayTable(tables.facts()),
            new OverlayTable(tables.order()));
    return new Applying(overlay, knowledge, new VerdictsOnly(outputs), settings);
  }

  /** One that works on the state. Avro works out anew for each how to read, so one is kept. */
  private Applying onState() {
    Applying kept = spare;
    spare = null;
    return kept != null ? kept : new Applying(state, knowledge, outputs, settings);
  }

  /** Only the head of a line, or what is newer than it, moves its state. */
  private boolean movesState(long asset, JobRow job, ScanStarted started) {
    if (started.getPurpose() == ScanPurpose.PROPOSAL) {
      return false;
    }
    if (started.getPurpose() != ScanPurpose.HEAD) {
      return true;
    }
    LineRow line = state.facts().line(asset, job.getScan().getLine());
    boolean sameDigest =
        line != null
            && started.getDigest() != null
            && started.getDigest().equals(line.getHeadDigest());
    if (line != null && !sameDigest) {
      OptionalInt order = ReleaseLines.compareHeads(started.getVersion(), line.getHeadVersion());
      if (order.isPresent() && order.getAsInt() < 0) {
        return false;
      }
      if (order.isPresent() && order.getAsInt() > 0) {
        return true;
      }
    }
    SeriesRow series = state.facts().series(asset, job.getScan().getSeriesId());
    return series == null || started.getTime().toEpochMilli() >= series.getLastScanTime();
  }

  private record VerdictsOnly(Outputs outputs) implements Outputs {
    @Override
    public void finding(dev.sluice.events.Finding finding) {}

    @Override
    public void decision(dev.sluice.events.DecisionRecord decision) {}

    @Override
    public void item(dev.sluice.events.ActionItem item) {}

    @Override
    public void event(dev.sluice.events.ActionEvent event) {}

    @Override
    public void disclosed(ScanEvent event) {}

    @Override
    public void verdict(ScanVerdict verdict) {
      outputs.verdict(verdict);
    }
  }
}
