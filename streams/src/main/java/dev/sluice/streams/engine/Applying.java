package dev.sluice.streams.engine;

import dev.sluice.streams.rules.life.ItemLife.Cause;
import dev.sluice.streams.state.Order.Job;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.AssetRow;
import dev.sluice.streams.state.row.JobRow;
import java.time.Instant;
import java.util.function.BooleanSupplier;

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
  private final State state;
  private final Knowledge knowledge;
  private final JobScans scans = new JobScans();
  private final Opening opening;
  private final Taking taking;
  private final Settling settling;
  private final Closing closing;

  Applying(State state, Knowledge knowledge, Outputs outputs, EngineSettings settings) {
    this.state = state;
    this.knowledge = knowledge;
    Items items = new Items(state, knowledge, outputs, settings);
    Freshness freshness = new Freshness(state, items, settings.embargoed());
    Confirmation confirmation = new Confirmation(state);
    this.opening = new Opening(state, scans, new Judgement(knowledge), freshness, confirmation);
    this.taking = new Taking(state, knowledge, scans, confirmation);
    this.settling =
        new Settling(state, knowledge, new Findings(state, knowledge, outputs, settings), items);
    this.closing = new Closing(state, knowledge, outputs, scans, opening, freshness, confirmation);
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
            scans.scanned(row),
            now);
    work.adopting = row.getAdopting();
    settling.beginSlice();
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
      case "again" -> taking.lookAgain(work, job);
      case "claims" -> taking.takeClaims(work, job);
      case "back" -> taking.bringBack(work, job);
      case "gone" -> taking.letGo(work, job);
      case "confirm" -> taking.confirm(work, job);
      case "renames" -> settling.settleRenames(work, job);
      case "adopt" -> settling.adopt(work, job);
      case "mark" -> settling.markAll(work, job);
      case "findings" -> settling.settleFindings(work, job);
      case "links" -> settling.settleLinks(work, job);
      case "items" -> settling.settleItems(work, job);
      case "verdict" -> closing.decide(work, job);
      case "forget" -> {
        return job.getScanKey() == null || state.staging().forget(job.getScanKey(), 1_000);
      }
      default -> throw new IllegalStateException("state holds a job in phase " + job.getPhase());
    }
    return false;
  }

  private void begin(Work work, JobRow job) {
    settling.begin();
    taking.begin();
    opening.begin(work, job);
  }
}
