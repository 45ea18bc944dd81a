package dev.sluice.streams.engine;

import dev.sluice.events.Adoption;
import dev.sluice.events.Completeness;
import dev.sluice.events.Observation;
import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanStarted;
import dev.sluice.events.Support;
import dev.sluice.streams.engine.Showings.Look;
import dev.sluice.streams.rules.finding.Build;
import dev.sluice.streams.rules.life.ItemLife.Cause;
import dev.sluice.streams.state.OpenScan;
import dev.sluice.streams.state.Order.Job;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.Table;
import dev.sluice.streams.state.row.AssetRow;
import dev.sluice.streams.state.row.JobRow;
import dev.sluice.streams.state.row.LineRow;
import dev.sluice.streams.state.row.OpenScanRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Applies one complete scan, phase by phase, a slice at a time. The phase and the place in it are
 * kept in the job, so that a crash anywhere goes on from there and sends the same events.
 *
 * <ol>
 *   <li>{@code again}: what was ended by others is looked at again
 *   <li>{@code claims}: what was staged becomes claims
 *   <li>{@code back}: claims that had gone and are shown again
 *   <li>{@code gone}: claims that are no longer shown, unless the scan is in doubt
 *   <li>{@code renames}: code that went and came elsewhere
 *   <li>{@code adopt}: whether an asset's first scan is its baseline
 *   <li>{@code findings}, {@code links}, {@code items}, {@code verdict}, {@code forget}
 * </ol>
 */
final class Applying {
  private static final int PAGE = 64;
  private static final int DIGESTS_KEPT = 16;

  private final State state;
  private final Knowledge knowledge;
  private final Outputs outputs;
  private final Claims claims;
  private final Doubt doubt;
  private final Confirmation confirmation;
  private final Freshness freshness;
  private final Findings findings;
  private final Renames renames;
  private final Items items;
  private final Verdicts verdicts;
  private final Judgement judgement;
  private final RowCodec<Observation> observations = new RowCodec<>(Observation.class);
  private final RowCodec<ScanStarted> starts = new RowCodec<>(ScanStarted.class);
  private final RowCodec<ScanCompleted> ends = new RowCodec<>(ScanCompleted.class);

  private byte[] settledTo;
  private String putTogetherTo;

  Applying(State state, Knowledge knowledge, Outputs outputs, EngineSettings settings) {
    this.state = state;
    this.knowledge = knowledge;
    this.outputs = outputs;
    this.claims = new Claims(state);
    this.doubt = new Doubt(state, knowledge, claims);
    this.confirmation = new Confirmation(state);
    this.judgement = new Judgement(knowledge);
    this.findings = new Findings(state, knowledge, outputs, settings);
    this.renames = new Renames(state, findings);
    this.items = new Items(state, knowledge, outputs, settings);
    this.freshness = new Freshness(state, items, settings.embargoed());
    this.verdicts = new Verdicts(state, knowledge);
  }

  boolean isOn(State other) {
    return state == other;
  }

  /**
   * Works on a job until it is done or time is up.
   *
   * @return whether it is done
   */
  boolean run(Job job, Instant now, BooleanSupplier timeIsUp) {
    JobRow row = job.row();
    AssetRow asset = state.facts().asset(job.asset());
    Work work =
        new Work(
            state.facts(),
            knowledge,
            asset,
            new Cause(
                row.getCause(),
                row.getCauseId(),
                row.getScan() == null ? null : row.getScan().getTraceparent()),
            scanned(row),
            now);
    work.adopting = row.getAdopting();
    boolean done = false;
    do {
      done = step(work, row);
    } while (!done && !timeIsUp.getAsBoolean());
    row.setNewFindings(row.getNewFindings() + work.newFindings);
    row.setFixedFindings(row.getFixedFindings() + work.fixedFindings);
    work.flush();
    return done;
  }

  /** One small step; returns whether the job is done. */
  private boolean step(Work work, JobRow job) {
    switch (job.getPhase()) {
      case "" -> begin(work, job);
      case "again" -> lookAgain(work, job);
      case "claims" -> takeClaims(work, job);
      case "back" -> bringBack(work, job);
      case "gone" -> letGo(work, job);
      case "confirm" -> confirm(work, job);
      case "renames" -> settleRenames(work, job);
      case "adopt" -> adopt(work, job);
      case "mark" -> markAll(work, job);
      case "findings" -> settleFindings(work, job);
      case "links" -> settleLinks(work, job);
      case "items" -> settleItems(work, job);
      case "verdict" -> decide(work, job);
      case "forget" -> {
        return job.getScanKey() == null || state.staging().forget(job.getScanKey(), 1_000);
      }
      default -> throw new IllegalStateException("state holds a job in phase " + job.getPhase());
    }
    return false;
  }

  private static SeriesRow newSeries(OpenScanRow scan, ScanStarted started) {
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

  private static void turn(JobRow job, String phase) {
    job.setPhase(phase);
    job.setCursor(null);
  }

  private void begin(Work work, JobRow job) {
    settledTo = null;
    putTogetherTo = null;
    if (job.getType().equals("forget")) {
      turn(job, "forget");
      return;
    }
    if (job.getType().equals("freshness")) {
      freshness.check(work);
      turn(job, "forget");
      return;
    }
    if (job.getType().equals("redecide")) {
      freshness.check(work);
      turn(job, "mark");
      return;
    }
    if (job.getType().equals("line-ended")) {
      turn(job, Retirement.retireLine(state, work, job.getSubject()) ? "mark" : "forget");
      return;
    }
    if (job.getType().equals("confirm")) {
      turn(job, confirmation.begin(work, job) ? "confirm" : "forget");
      work.scanned = scanned(job);
      return;
    }
    OpenScanRow scan = job.getScan();
    ScanStarted started = starts.decode(scan.getStarted());
    SeriesRow series = work.series(scan.getSeriesId());
    if (job.getCompleteness().equals(Completeness.FAILED.name())) {
      turn(job, "verdict");
      return;
    }
    if (series == null) {
      series = newSeries(scan, started);
      work.put(series);
    } else if (isKnownReport(series, job)) {
      repeat(series, job);
      turn(job, "verdict");
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
    turn(job, "again");
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
            && last.equals(ends.decode(job.getCompleted()).getReportDigest());
    job.setCompleteness((doubted ? Completeness.SUSPICIOUS : Completeness.REPEATED).name());
    if (doubted) {
      job.setSuspicions(
          List.of("This report was suspicious before, and no other scan has confirmed it."));
    }
  }

  /** Whether this very report was applied to the series before. */
  private boolean isKnownReport(SeriesRow series, JobRow job) {
    ScanCompleted completed = ends.decode(job.getCompleted());
    return completed != null
        && !completed.getReportDigest().isEmpty()
        && series.getReportDigests().contains(completed.getReportDigest());
  }

  /**
   * The commit, else the digest, else the version: what stays the same when a build is repeated.
   */
  private String scanned(JobRow job) {
    if (job.getScan() == null) {
      return null;
    }
    ScanStarted started = starts.decode(job.getScan().getStarted());
    return Stream.of(started.getCommit(), started.getDigest(), started.getVersion())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(job.getScan().getScanId());
  }

  /** What was ended by others since the last scan of this series may be shown again. */
  private void lookAgain(Work work, JobRow job) {
    if (state.order().markAgain(work.key, job.getScan().getSeriesId(), PAGE)) {
      turn(job, "claims");
    }
  }

  private void takeClaims(Work work, JobRow job) {
    OpenScanRow row = job.getScan();
    OpenScan scan = state.staging().find(job.getScanKey());
    ScanStarted started = starts.decode(row.getStarted());
    Look look = look(started);
    SeriesRow series = work.seriesToChange(row.getSeriesId());
    List<Table.Entry> page = state.staging().staged(job.getScanKey(), bytes(job.getCursor()), PAGE);
    for (Table.Entry entry : page) {
      Observation observation = observations.decode(entry.value());
      if (!claims.take(work.key, series, scan, observation, started.getUnit(), look)) {
        row.setRepeats(row.getRepeats() + 1);
      }
      job.setCursor(ByteBuffer.wrap(entry.key()));
    }
    job.setCollisions(job.getCollisions() + claims.collisions());
    state.staging().save(scan);
    if (page.size() < PAGE) {
      turn(job, "back");
    }
  }

  private static Look look(ScanStarted started) {
    return new Look(
        started.getTime().toEpochMilli(),
        new Build(started.getDigest(), started.getCommit(), started.getVersion()));
  }

  private void bringBack(Work work, JobRow job) {
    SeriesRow series = work.seriesToChange(job.getScan().getSeriesId());
    RoaringBitmap back = state.staging().marks(job.getScanKey());
    back.andNot(state.facts().live(series.getSeriesId()));
    if (turnAll(work, series, back, true, job)) {
      turn(job, "gone");
    }
  }

  private void letGo(Work work, JobRow job) {
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
    turn(job, "renames");
  }

  private void settleRenames(Work work, JobRow job) {
    if (!renames.settleNext(work)) {
      turn(job, job.getFirstOfAsset() ? "adopt" : job.getSupportMoved() ? "mark" : "findings");
    }
  }

  private void confirm(Work work, JobRow job) {
    SeriesRow series = work.seriesToChange(job.getScan().getSeriesId());
    if (turnAll(work, series, confirmation.gone(series), false, job)) {
      confirmation.end(series);
      turn(job, "renames");
    }
  }

  /** Turns claims on or off from where the job left off; returns whether all are turned. */
  private boolean turnAll(
      Work work, SeriesRow series, RoaringBitmap ordinals, boolean present, JobRow job) {
    Look look = look(starts.decode(job.getScan().getStarted()));
    int from = job.getCursor() == null ? 0 : job.getCursor().getInt(job.getCursor().position());
    ordinals.remove(0L, from);
    IntIterator each = ordinals.getIntIterator();
    for (int n = 0; n < PAGE; n++) {
      if (!each.hasNext()) {
        return true;
      }
      int ordinal = each.next();
      claims.turn(work.key, series, ordinal, present, look);
      job.setCursor(ByteBuffer.allocate(4).putInt(0, ordinal + 1));
    }
    return false;
  }

  /** Looks ahead: would an asset's first scan open more items than anybody could take in? */
  private void adopt(Work work, JobRow job) {
    int threshold = knowledge.policy().adoptionThreshold();
    Set<String> previewed = new TreeSet<>(job.getPreviewed());
    List<byte[]> page = state.order().markedAtoms(work.key, bytes(job.getCursor()), PAGE);
    byte[] subject = job.getCursor() == null ? null : Arrays.copyOf(bytes(job.getCursor()), 8);
    for (byte[] atom : page) {
      byte[] about = Arrays.copyOf(atom, 8);
      if (!Arrays.equals(about, subject) && previewed.size() <= threshold) {
        previewed.addAll(findings.preview(work, atom));
      }
      subject = about;
      job.setCursor(ByteBuffer.wrap(atom));
    }
    job.setPreviewed(previewed.stream().limit(threshold + 1L).toList());
    if (page.size() == PAGE && previewed.size() <= threshold) {
      return;
    }
    job.setAdopting(previewed.size() > threshold);
    job.setPreviewed(List.of());
    work.adopting = job.getAdopting();
    turn(job, "findings");
  }

  private void markAll(Work work, JobRow job) {
    List<byte[]> page = state.facts().atomKeys(work.key, bytes(job.getCursor()), PAGE);
    for (byte[] atom : page) {
      state.order().markAtom(work.key, atom);
      job.setCursor(ByteBuffer.wrap(atom));
    }
    if (page.size() < PAGE) {
      turn(job, "findings");
    }
  }

  /** Goes on behind the last one: what was taken away in front of it is slow to step over. */
  private void settleFindings(Work work, JobRow job) {
    List<byte[]> marked = state.order().markedAtoms(work.key, settledTo, 1);
    if (!marked.isEmpty()) {
      settledTo = marked.get(0);
      findings.settle(work, settledTo);
    } else if (settledTo != null) {
      settledTo = null;
    } else {
      turn(job, "links");
    }
  }

  /** A finding that several tools report may turn out to belong to another item. */
  private void settleLinks(Work work, JobRow job) {
    List<Long> marked = state.order().markedFiles(work.key, null, 1);
    if (!marked.isEmpty()) {
      findings.link(work, marked.get(0));
    } else {
      boolean moved = !state.order().markedAtoms(work.key, null, 1).isEmpty();
      turn(job, moved ? "findings" : "items");
    }
  }

  private void settleItems(Work work, JobRow job) {
    List<String> marked = state.order().markedItems(work.key, putTogetherTo, 1);
    if (!marked.isEmpty()) {
      putTogetherTo = marked.get(0);
      items.settle(work, putTogetherTo);
    } else if (putTogetherTo != null) {
      putTogetherTo = null;
    } else {
      turn(job, job.getScan() == null ? "forget" : "verdict");
    }
  }

  private void decide(Work work, JobRow job) {
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
    ScanStarted started = starts.decode(job.getScan().getStarted());
    if (started.getPurpose() == ScanPurpose.HEAD) {
      if (completeness == Completeness.FAILED || completeness == Completeness.ABANDONED) {
        fail(work, job, started);
      }
      freshness.check(work);
    }
    turn(job, "forget");
  }

  /** Notes that a scan failed; what was broken off because its branch ended is missed by nobody. */
  private void fail(Work work, JobRow job, ScanStarted started) {
    String why = String.join("; ", job.getSuspicions());
    if (why.startsWith(Notices.BRANCH_ENDED)) {
      return;
    }
    OpenScanRow scan = job.getScan();
    if (work.series(scan.getSeriesId()) == null) {
      work.put(newSeries(scan, started));
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
    ScanStarted started = starts.decode(scan.getStarted());
    ScanCompleted completed = ends.decode(job.getCompleted());
    series.setLastScanId(scan.getScanId());
    if (!completed.getReportDigest().isEmpty() && !isKnownReport(series, job)) {
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

  private static byte[] bytes(ByteBuffer cursor) {
    return cursor == null
        ? null
        : Arrays.copyOfRange(
            cursor.array(),
            cursor.arrayOffset() + cursor.position(),
            cursor.arrayOffset() + cursor.limit());
  }
}
