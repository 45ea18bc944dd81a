package dev.sluice.streams.engine;

import dev.sluice.events.AssetProfile;
import dev.sluice.events.Completeness;
import dev.sluice.events.LineEnded;
import dev.sluice.events.Observation;
import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanStarted;
import dev.sluice.streams.engine.Occurrences.Match;
import dev.sluice.streams.rules.identity.Hashes;
import dev.sluice.streams.rules.version.ReleaseLines;
import dev.sluice.streams.state.Facts;
import dev.sluice.streams.state.OpenScan;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.Staging;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.JobRow;
import dev.sluice.streams.state.row.OpenScanRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stages what arrives. An observation that its series has made before, unchanged, costs one read
 * and a mark; anything else is kept whole until the scan is complete. Nothing is decided here.
 */
final class Intake {
  private final State state;
  private final Knowledge knowledge;
  private final JobQueue queue;
  private final Notices notices;
  private final Occurrences occurrences;
  private final RowCodec<Observation> observations = new RowCodec<>(Observation.class);
  private final RowCodec<ScanStarted> starts = new RowCodec<>(ScanStarted.class);
  private final RowCodec<ScanCompleted> ends = new RowCodec<>(ScanCompleted.class);
  private String lastAsset;
  private String lastScanId;
  private String lastAttemptId;
  private long lastKey;

  Intake(State state, Knowledge knowledge, JobQueue queue, EngineSettings settings) {
    this.state = state;
    this.knowledge = knowledge;
    this.queue = queue;
    this.notices = new Notices(state, queue, settings);
    this.occurrences = new Occurrences(state);
  }

  /**
   * Takes an event in.
   *
   * @param now wall clock, milliseconds
   * @return why the event cannot be used, or empty
   */
  Optional<String> accept(ScanEvent event, long now) {
    int payloads =
        (event.getStarted() == null ? 0 : 1)
            + (event.getObservation() == null ? 0 : 1)
            + (event.getCompleted() == null ? 0 : 1)
            + (event.getFailed() == null ? 0 : 1)
            + (event.getLineEnded() == null ? 0 : 1)
            + (event.getConfirmed() == null ? 0 : 1)
            + (event.getDisclosure() == null ? 0 : 1);
    if (payloads != 1) {
      return Optional.of("an event holds " + payloads + " payloads and not one");
    }
    if (event.getLineEnded() != null) {
      lineEnded(event.getAsset(), event.getLineEnded());
      return Optional.empty();
    }
    if (event.getConfirmed() != null) {
      return notices.confirmed(event.getAsset(), event.getConfirmed());
    }
    if (event.getDisclosure() != null) {
      return notices.disclosure(event.getAsset(), event.getDisclosure());
    }
    if (event.getStarted() != null) {
      start(event, now);
      return Optional.empty();
    }
    OpenScan scan = find(event);
    if (scan == null) {
      return Optional.of("no scan of that id and attempt is under way");
    }
    OpenScanRow row = scan.row();
    if (event.getSeq() < row.getNextSeq()) {
      return Optional.empty(); // the producer's retry of what arrived already
    }
    if (event.getSeq() > row.getNextSeq()) { // lost on its way, or dead-lettered
      row.setGap(true);
    }
    row.setNextSeq(event.getSeq() + 1);
    row.setLastEventAt(now);
    if (event.getObservation() != null) {
      observe(scan, event);
    } else if (event.getCompleted() != null) {
      complete(scan, event.getCompleted());
    } else {
      end(scan, null, Completeness.FAILED, List.of(event.getFailed().getReason()));
    }
    return Optional.empty();
  }

  /** Nobody waits for what is still arriving from a branch that is gone. */
  private void lineEnded(String asset, LineEnded ended) {
    for (OpenScan scan : state.staging().all()) {
      ScanStarted started = starts.decode(scan.row().getStarted());
      if (scan.row().getAsset().equals(asset)
          && !queue.isQueued(scan.key())
          && Notices.concerns(ended, started)) {
        String why = Notices.BRANCH_ENDED + ended.getBranch() + " has ended";
        end(scan, null, Completeness.FAILED, List.of(why));
      }
    }
    notices.lineEnded(asset, ended);
  }

  /** Gives up scans that have been silent for too long. */
  void abandon(long now, Duration silence) {
    for (OpenScan scan : state.staging().all()) {
      boolean waiting = queue.isQueued(scan.key());
      if (!waiting && now - scan.row().getLastEventAt() > silence.toMillis()) {
        end(scan, null, Completeness.ABANDONED, List.of("no end came within " + silence));
      }
    }
  }

  private OpenScan find(ScanEvent event) {
    return state.staging().find(key(event));
  }

  /** The key of the event's scan; consecutive events mostly are of one scan. */
  private long key(ScanEvent event) {
    if (!event.getScanId().equals(lastScanId)
        || !event.getAttemptId().equals(lastAttemptId)
        || !event.getAsset().equals(lastAsset)) {
      lastAsset = event.getAsset();
      lastScanId = event.getScanId();
      lastAttemptId = event.getAttemptId();
      lastKey = Staging.key(lastAsset, lastScanId, lastAttemptId);
    }
    return lastKey;
  }

  private void start(ScanEvent event, long now) {
    ScanStarted started = event.getStarted();
    String asset = event.getAsset();
    long assetKey = Facts.assetKey(asset);
    AssetProfile profile = state.facts().profile(assetKey);
    String product = Products.of(asset, profile);
    String line =
        ReleaseLines.lineOf(
            started.getReleaseLine(),
            started.getVersion(),
            started.getBranch(),
            knowledge.matrix(product));
    long seriesId = Hashes.of8(asset, started.getUnit(), line, started.getSeries());
    long key = key(event);
    if (state.staging().find(key) != null) {
      return; // the producer's retry of a start that arrived already
    }
    boolean alone = true;
    for (OpenScan other : state.staging().all()) {
      OpenScanRow row = other.row();
      boolean queued = queue.isQueued(other.key());
      if (row.getScanId().equals(event.getScanId()) && row.getAsset().equals(asset) && !queued) {
        queue.add(asset, job(other, "forget", null, Completeness.ABANDONED, List.of()));
      }
      alone &= row.getSeriesId() != seriesId;
    }
    OpenScanRow row =
        OpenScanRow.newBuilder()
            .setScanId(event.getScanId())
            .setAttemptId(event.getAttemptId())
            .setAsset(asset)
            .setLine(line)
            .setSeriesId(seriesId)
            .setStarted(starts.wrap(started))
            .setNextSeq(event.getSeq() + 1)
            .setIndexed(alone && started.getPurpose() == ScanPurpose.HEAD)
            .setGap(event.getSeq() != 0)
            .setLastEventAt(now)
            .setTraceparent(event.getTraceparent())
            .build();
    state.staging().begin(key, row);
  }

  private void observe(OpenScan scan, ScanEvent event) {
    OpenScanRow row = scan.row();
    Observation observation = event.getObservation();
    row.setCount(row.getCount() + 1);
    if (row.getIndexed() && isRepeat(scan, observation)) {
      row.setRepeats(row.getRepeats() + 1);
    } else {
      row.setStaged(row.getStaged() + 1);
      state.staging().stage(scan.key(), event.getSeq(), observations.encode(observation));
    }
    state.staging().save(scan);
  }

  /** Whether the series has said exactly this before; marks it if so. */
  private boolean isRepeat(OpenScan scan, Observation observation) {
    Match match = occurrences.match(scan, scan.row().getSeriesId(), observation);
    if (match.isRepeat()) {
      state.staging().mark(scan, match.seen().ordinal());
    }
    return match.isRepeat();
  }

  private void complete(OpenScan scan, ScanCompleted completed) {
    OpenScanRow row = scan.row();
    List<String> missing = new ArrayList<>();
    if (completed.getCount() != row.getCount()) {
      missing.add(
          completed.getCount() + " observations were sent and " + row.getCount() + " arrived");
    }
    if (row.getGap()) {
      missing.add("an event of the scan is missing");
    }
    end(
        scan,
        completed,
        missing.isEmpty() ? Completeness.COMPLETE : Completeness.INCOMPLETE,
        missing);
  }

  private void end(
      OpenScan scan, ScanCompleted completed, Completeness completeness, List<String> reasons) {
    state.staging().save(scan);
    queue.add(scan.row().getAsset(), job(scan, "apply", completed, completeness, reasons));
  }

  private JobRow job(
      OpenScan scan,
      String type,
      ScanCompleted completed,
      Completeness completeness,
      List<String> reasons) {
    return JobRow.newBuilder()
        .setType(type)
        .setScanKey(scan.key())
        .setScan(scan.row())
        .setCompleted(completed == null ? null : ends.wrap(completed))
        .setCompleteness(completeness.name())
        .setSuspicions(new ArrayList<>(reasons))
        .setCause("scan")
        .setCauseId(scan.row().getScanId())
        .build();
  }
}
