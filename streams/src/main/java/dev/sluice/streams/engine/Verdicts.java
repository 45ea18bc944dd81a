package dev.sluice.streams.engine;

import dev.sluice.events.Completeness;
import dev.sluice.events.Finding;
import dev.sluice.events.GateMode;
import dev.sluice.events.Outcome;
import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanStarted;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.Severity;
import dev.sluice.events.SeverityCounts;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.FindingRow;
import dev.sluice.streams.state.row.JobRow;
import dev.sluice.streams.state.row.OpenScanRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** What became of a scan, and whether a build may pass. */
final class Verdicts {
  private static final int MOST_NAMED = 100;
  private static final int MOST_EXAMPLES = 3;

  private static final Comparator<Finding> LEAST_FIRST =
      Comparator.comparing(Finding::getKnownExploited)
          .thenComparing(Finding::getSeverity)
          .thenComparing(Finding::getId);

  private final State state;
  private final Knowledge knowledge;
  private final Judgement judgement;
  private final RowCodec<ScanStarted> starts = new RowCodec<>(ScanStarted.class);
  private final RowCodec<ScanCompleted> ends = new RowCodec<>(ScanCompleted.class);
  private final RowCodec<Finding> findings = new RowCodec<>(Finding.class);

  Verdicts(State state, Knowledge knowledge) {
    this.state = state;
    this.knowledge = knowledge;
    this.judgement = new Judgement(knowledge);
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
    Failing failing = counts ? failing(work, series, mode) : Failing.NOTHING;
    Outcome outcome = outcome(completeness, failing.count());
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
        .setReason(reason(completeness, outcome, failing, mode))
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
        .setFailing(failing.named())
        .setFailingCount(failing.count())
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

  /**
   * What fails the gate.
   *
   * @param named finding ids, at most 100
   * @param examples the worst few in words
   */
  private record Failing(List<String> named, List<String> examples, long count) {
    static final Failing NOTHING = new Failing(List.of(), List.of(), 0);
  }

  private GateMode mode(Work work) {
    return work.profile == null || work.profile.getGateMode() == GateMode.UNKNOWN
        ? knowledge.policy().gateMode()
        : work.profile.getGateMode();
  }

  private Failing failing(Work work, SeriesRow series, GateMode mode) {
    if (mode == GateMode.OBSERVE || series.getActionable() == 0) {
      return Failing.NOTHING;
    }
    List<String> named = new ArrayList<>();
    PriorityQueue<Finding> worst = new PriorityQueue<>(LEAST_FIRST);
    long count = 0;
    String last = null;
    while (true) {
      List<String> page = state.order().failing(series.getSeriesId(), last, 500);
      for (String id : page) {
        FindingRow row = state.facts().finding(work.key, id);
        boolean isNew = row.getOpenedBy() != null && row.getOpenedBy().equals(work.scanned);
        Finding finding = findings.decode(row.getFinding());
        if (judgement.failsGate(work, finding, isNew, mode)) {
          count++;
          worst.add(finding);
          if (worst.size() > MOST_EXAMPLES) {
            worst.remove();
          }
          if (named.size() < MOST_NAMED) {
            named.add(id);
          }
        }
        last = id;
      }
      if (page.size() < 500) {
        return new Failing(named, examples(worst), count);
      }
    }
  }

  private static List<String> examples(PriorityQueue<Finding> worst) {
    return worst.stream()
        .sorted(LEAST_FIRST.reversed())
        .map(
            f ->
                f.getPackageName() == null
                    ? f.getVulnerability()
                    : f.getVulnerability() + " in " + f.getPackageName())
        .distinct()
        .toList();
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
      Completeness completeness, Outcome outcome, Failing failing, GateMode mode) {
    return switch (outcome) {
      case FAIL -> {
        String more = failing.count() > failing.examples().size() ? ", …" : "";
        yield (failing.count() == 1 ? "1 finding fails" : failing.count() + " findings fail")
            + " the gate ("
            + word(mode)
            + "): "
            + String.join(", ", failing.examples())
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
