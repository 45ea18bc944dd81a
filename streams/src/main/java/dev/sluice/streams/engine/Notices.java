package dev.sluice.streams.engine;

import dev.sluice.events.DisclosureAdvanced;
import dev.sluice.events.LineEnd;
import dev.sluice.events.LineEnded;
import dev.sluice.events.ScanConfirmed;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanStarted;
import dev.sluice.streams.state.Facts;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.HeldScanRow;
import dev.sluice.streams.state.row.JobRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.util.Optional;

/** What people and webhooks say of scans and lines. It becomes work of the asset, in its turn. */
final class Notices {
  /** How the reason of a scan begins that was broken off because its branch ended. */
  static final String BRANCH_ENDED = "its branch ";

  private static final String HEADS = "refs/heads/";

  private final State state;
  private final JobQueue queue;
  private final Disclosures disclosures;

  Notices(State state, JobQueue queue, EngineSettings settings) {
    this.state = state;
    this.queue = queue;
    this.disclosures = new Disclosures(state, settings.embargoed());
  }

  /** Whether a scan is of the branch that ended, or of the proposal that was made from it. */
  static boolean concerns(LineEnded ended, ScanStarted scan) {
    String branch = scan.getBranch();
    return branch != null
        && withoutHeads(branch).equals(withoutHeads(ended.getBranch()))
        && (ended.getReason() == LineEnd.BRANCH_DELETED
            || scan.getPurpose() == ScanPurpose.PROPOSAL);
  }

  /** A branch of the name of a release line may end as a proposal and live on as a line. */
  void lineEnded(String asset, LineEnded ended) {
    String branch = withoutHeads(ended.getBranch());
    if (ended.getReason() == LineEnd.BRANCH_DELETED
        && state.facts().asset(Facts.assetKey(asset)) != null) {
      queue.add(
          asset,
          job("line-ended")
              .setSubject(branch)
              .setCause("person")
              .setCauseId("branch " + branch + " was deleted")
              .build());
    }
  }

  /**
   * @return why it cannot be confirmed, or empty
   */
  Optional<String> confirmed(String asset, ScanConfirmed confirmed) {
    if (heldBy(state, Facts.assetKey(asset), confirmed.getScanId()).isEmpty()) {
      return Optional.of(
          "no scan of the id " + confirmed.getScanId() + " is held; a newer one may have come");
    }
    queue.add(
        asset,
        job("confirm")
            .setSubject(confirmed.getScanId())
            .setBy(confirmed.getBy())
            .setReason(confirmed.getReason())
            .setCause("person")
            .setCauseId(confirmed.getBy())
            .build());
    return Optional.empty();
  }

  /**
   * @return why the step cannot be taken, or empty
   */
  Optional<String> disclosure(String asset, DisclosureAdvanced taken) {
    Optional<String> refusal = disclosures.advance(asset, taken);
    if (refusal.isEmpty()) {
      queue.add(
          asset,
          job("redecide")
              .setPhase("findings")
              .setCause("person")
              .setCauseId(taken.getBy())
              .build());
    }
    return refusal;
  }

  /** The series that holds the scan. */
  static Optional<SeriesRow> heldBy(State state, long asset, String scanId) {
    return state.facts().allSeries(asset).stream()
        .filter(
            series -> {
              HeldScanRow held = state.facts().heldScan(series.getSeriesId());
              return held != null && held.getScan().getScanId().equals(scanId);
            })
        .findFirst();
  }

  private static JobRow.Builder job(String type) {
    return JobRow.newBuilder().setType(type).setCompleteness("").setPhase("");
  }

  private static String withoutHeads(String branch) {
    return branch.startsWith(HEADS) ? branch.substring(HEADS.length()) : branch;
  }
}
