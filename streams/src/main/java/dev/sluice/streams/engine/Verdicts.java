package dev.sluice.streams.engine;

import dev.sluice.events.Completeness;
import dev.sluice.events.GateMode;
import dev.sluice.events.Outcome;
import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanStarted;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.Severity;
import dev.sluice.events.SeverityCounts;
import dev.sluice.streams.engine.Naming.Named;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.JobRow;
import dev.sluice.streams.state.row.OpenScanRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of a scan, and whether a build may pass. */
final class Verdicts {
  private final Knowledge knowledge;
  private final Naming naming;
  private final RowCodec<ScanStarted> starts = new RowCodec<>(ScanStarted.class);
  private final RowCodec<ScanCompleted> ends = new RowCodec<>(ScanCompleted.class);

  Verdicts(State state, Knowledge knowledge) {
    this.knowledge = knowledge;
    this.naming = new Naming(state, new Judgement(knowledge));
  }

  /**
   * @param series the scan's series, or null if it never got that far
   */
  ScanVerdict verdict(Work work, JobRow job, SeriesRow series) {
    OpenScanRow scan = job.getScan();
    ScanStarted started = starts.decode(scan.getStarted());
    ScanCompleted completed = ends.decode(job.getCompleted());
    Completeness completeness = Completeness.valueOf(job.getCompleteness());
    boolean counts = series != null && completeness != Completeness.FAILED;
    GateMode mode = mode(work);
    Named named = counts ? naming.name(work, series, mode) : Named.NOTHING;
    Outcome outcome = outcome(completeness, named.failing());
    return ScanVerdict.newBuilder()
        .setScanId(scan.getScanId())
        .setAttemptId(scan.getAttemptId())
        .setAsset(scan.getAsset())
        .setUnit(started.getUnit())
        .setVersion(started.getVersion())
        .setLine(scan.getLine())
        .setScanner(started.getScanner().getName())
        .setFormat(started.getFormat())
        .setReportName(started.getReportName())
        .setSeries(started.getSeries())
        .setPurpose(started.getPurpose())
        .setScanTime(started.getTime())
        .setDecidedAt(work.now)
        .setCompleteness(completeness)
        .setOutcome(outcome)
        .setGateMode(mode)
        .setReason(reason(completeness, outcome, named, mode))
        .setSuspicions(List.copyOf(job.getSuspicions()))
        .setObservations(scan.getCount())
        .setRepeated(completeness == Completeness.REPEATED ? scan.getCount() : scan.getRepeats())
        .setMerged(job.getMerged())
        .setFindings(counts ? series.getFindings() : 0)
        .setNewFindings(job.getNewFindings())
        .setFixedFindings(job.getFixedFindings())
        .setActionable(counts ? series.getActionable() : 0)
        .setBySeverity(counts ? bySeverity(series.getBySeverity()) : new SeverityCounts())
        .setWithheld(counts ? new TreeMap<>(series.getWithheld()) : Map.of())
        .setFailing(named.failingIds())
        .setFailingCount(named.failing())
        .setNamed(named.findings())
        .setItems(named.items())
        .setNewActionable(bySeverity(named.news()))
        .setScope(started.getScope().getName())
        .setComponentsSeen(completed == null ? null : completed.getComponentsSeen())
        .setWarnings(warnings(job, completed))
        .setConfirmedBy(job.getBy())
        .setConfirmedReason(job.getReason())
        .setTraceparent(scan.getTraceparent())
        .setDigest(started.getDigest())
        .setCommit(started.getCommit())
        .setBranch(started.getBranch())
        .setReportDigest(completed == null ? null : completed.getReportDigest())
        .build();
  }

  private static List<String> warnings(JobRow job, ScanCompleted completed) {
    List<String> warnings =
        completed == null ? new ArrayList<>() : new ArrayList<>(completed.getWarnings());
    if (job.getCollisions() > 0) {
      warnings.add(
          job.getCollisions()
              + " observations have the identity of others in the report and say something else:"
              + " they took their place (docs/state.md, Collisions)");
    }
    return warnings;
  }

  private GateMode mode(Work work) {
    return work.profile == null || work.profile.getGateMode() == GateMode.UNKNOWN
        ? knowledge.policy().gateMode()
        : work.profile.getGateMode();
  }

  /** What is known to fail fails, however little else is known; nothing else but all passes. */
  private static Outcome outcome(Completeness completeness, long failing) {
    if (failing > 0) {
      return Outcome.FAIL;
    }
    return completeness == Completeness.COMPLETE || completeness == Completeness.REPEATED
        ? Outcome.PASS
        : Outcome.CANNOT_KNOW;
  }

  private static String reason(
      Completeness completeness, Outcome outcome, Named named, GateMode mode) {
    return switch (outcome) {
      case FAIL -> {
        List<String> examples = named.examples();
        String more = named.failing() > examples.size() ? ", …" : "";
        yield (named.failing() == 1 ? "1 finding fails" : named.failing() + " findings fail")
            + " the gate ("
            + word(mode)
            + "): "
            + String.join(", ", examples)
            + more
            + ".";
      }
      case PASS -> "Nothing fails the gate (" + word(mode) + ").";
      default -> "The scan is " + completeness.name().toLowerCase(java.util.Locale.ROOT) + ".";
    };
  }

  private static String word(GateMode mode) {
    return mode.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static SeverityCounts bySeverity(Map<String, Long> counts) {
    return SeverityCounts.newBuilder()
        .setCritical(of(counts, Severity.CRITICAL))
        .setHigh(of(counts, Severity.HIGH))
        .setMedium(of(counts, Severity.MEDIUM))
        .setLow(of(counts, Severity.LOW))
        .setNegligible(of(counts, Severity.NEGLIGIBLE) + of(counts, Severity.NONE))
        .setUnknown(of(counts, Severity.UNKNOWN))
        .build();
  }

  private static int of(Map<String, Long> counts, Severity severity) {
    return Math.toIntExact(counts.getOrDefault(severity.name(), 0L));
  }
}
