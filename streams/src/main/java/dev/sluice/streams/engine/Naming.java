package dev.sluice.streams.engine;

import dev.sluice.events.ActionItem;
import dev.sluice.events.Finding;
import dev.sluice.events.GateMode;
import dev.sluice.events.LineFix;
import dev.sluice.events.LineState;
import dev.sluice.events.Severity;
import dev.sluice.events.VerdictFinding;
import dev.sluice.events.VerdictItem;
import dev.sluice.streams.state.Order.Failing;
import dev.sluice.streams.state.RowCodec;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.FindingRow;
import dev.sluice.streams.state.row.ItemRow;
import dev.sluice.streams.state.row.SeriesRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Names what somebody must act on in a scan: what fails the gate, what is new, and what fixes it. A
 * proposal leaves nothing behind, so its verdict is the only place that can say so.
 */
final class Naming {
  private static final int MOST_NAMED = 100;
  private static final int MOST_EXAMPLES = 3;
  private static final int MOST_VERSIONS = 5;
  private static final int MOST_LINES = 10;
  private static final int MOST_OBSERVED = 1_000;
  private static final int PAGE = 500;

  private final State state;
  private final Judgement judgement;
  private final RowCodec<Finding> findings = new RowCodec<>(Finding.class);
  private final RowCodec<ActionItem> items = new RowCodec<>(ActionItem.class);

  Naming(State state, Judgement judgement) {
    this.state = state;
    this.judgement = judgement;
  }

  private record Candidate(
      String finding, boolean isNew, boolean fails, boolean exploited, Severity severity) {
    static final Comparator<Candidate> LEAST_FIRST =
        Comparator.comparing(Candidate::fails)
            .thenComparing(Candidate::isNew)
            .thenComparing(Candidate::exploited)
            .thenComparing(Candidate::severity)
            .thenComparing(Candidate::finding);
  }

  /**
   * What a verdict names.
   *
   * @param findings what fails first, then what is new, each worst first; at most 100
   * @param items of these findings
   * @param news new findings by severity, all of them
   * @param failing how many fail the gate
   */
  record Named(
      List<VerdictFinding> findings,
      List<VerdictItem> items,
      Map<String, Long> news,
      long failing) {
    static final Named NOTHING = new Named(List.of(), List.of(), Map.of(), 0);

    List<String> failingIds() {
      return findings.stream()
          .filter(VerdictFinding::getFails)
          .map(VerdictFinding::getFindingId)
          .toList();
    }

    /** The worst few of what fails, in words. */
    List<String> examples() {
      return findings.stream()
          .filter(VerdictFinding::getFails)
          .limit(MOST_EXAMPLES)
          .map(
              f ->
                  f.getPackageName() == null
                      ? f.getVulnerability()
                      : f.getVulnerability() + " in " + f.getPackageName())
          .distinct()
          .toList();
    }
  }

  Named name(Work work, SeriesRow series, GateMode mode) {
    if (series.getActionable() == 0) {
      return Named.NOTHING;
    }
    if (mode == GateMode.OBSERVE && series.getActionable() > MOST_OBSERVED) {
      // Nothing can fail, and reading so many to name some is not worth it. Which of them are new
      // is not known then, and what is not known counts.
      return new Named(List.of(), List.of(), series.getBySeverity(), 0);
    }
    PriorityQueue<Candidate> worst = new PriorityQueue<>(Candidate.LEAST_FIRST);
    Map<String, Long> news = new TreeMap<>();
    long failing = 0;
    long policy = GateFacts.hash(judgement.policyVersion());
    long scanned = GateFacts.hash(work.scanned);
    String last = null;
    List<Failing> page;
    do {
      page = state.order().failing(series.getSeriesId(), last, PAGE);
      for (Failing row : page) {
        GateFacts facts = GateFacts.from(row.gate());
        Candidate candidate =
            facts != null && facts.isBy(policy)
                ? candidate(row.finding(), facts, facts.isNewIn(scanned), mode)
                : candidate(work, row.finding(), mode);
        failing += candidate.fails() ? 1 : 0;
        if (candidate.isNew()) {
          news.merge(candidate.severity().name(), 1L, Long::sum);
        }
        worst.add(candidate);
        if (worst.size() > MOST_NAMED) {
          worst.remove();
        }
        last = row.finding();
      }
    } while (page.size() == PAGE);
    List<Candidate> named = new ArrayList<>(worst);
    named.sort(Candidate.LEAST_FIRST.reversed());
    List<Finding> read = named.stream().map(each -> finding(work, each.finding())).toList();
    List<VerdictFinding> said = new ArrayList<>();
    for (int i = 0; i < named.size(); i++) {
      said.add(finding(named.get(i), read.get(i), series.getLine()));
    }
    return new Named(said, items(work, read, series.getLine()), news, failing);
  }

  /** By what its row in the index says. */
  private static Candidate candidate(String id, GateFacts facts, boolean isNew, GateMode mode) {
    return new Candidate(id, isNew, facts.fails(mode, isNew), facts.exploited(), facts.severity());
  }

  /** By the finding itself, where that row is not enough. */
  private Candidate candidate(Work work, String id, GateMode mode) {
    FindingRow row = state.facts().finding(work.key, id);
    boolean isNew = row.getOpenedBy() != null && row.getOpenedBy().equals(work.scanned);
    Finding finding = findings.decode(row.getFinding());
    boolean fails = mode != GateMode.OBSERVE && judgement.failsGate(work, finding, isNew, mode);
    return new Candidate(id, isNew, fails, finding.getKnownExploited(), finding.getSeverity());
  }

  private Finding finding(Work work, String id) {
    return findings.decode(state.facts().finding(work.key, id).getFinding());
  }

  private static VerdictFinding finding(Candidate candidate, Finding finding, String line) {
    Optional<LineState> here =
        finding.getLines().stream().filter(each -> each.getLine().equals(line)).findFirst();
    return VerdictFinding.newBuilder()
        .setFindingId(finding.getId())
        .setVulnerability(finding.getVulnerability())
        .setKind(finding.getKind())
        .setSeverity(finding.getSeverity())
        .setTitle(finding.getTitle())
        .setPackageName(finding.getPackageName())
        .setPackage$(finding.getPackage$())
        .setPlace(finding.getLocation() == null ? null : finding.getLocation().getPath())
        .setPlaceLine(finding.getLocation() == null ? null : finding.getLocation().getStartLine())
        .setInstalledVersions(
            here.map(each -> each.getInstalledVersions().stream().limit(MOST_VERSIONS).toList())
                .orElse(List.of()))
        .setFixedVersion(here.map(LineState::getFixedVersion).orElse(null))
        .setKnownExploited(finding.getKnownExploited())
        .setIsNew(candidate.isNew())
        .setFails(candidate.fails())
        .setReason(finding.getDecision() == null ? "" : finding.getDecision().getReason())
        .setItem(finding.getItem())
        .build();
  }

  private List<VerdictItem> items(Work work, List<Finding> named, String line) {
    Set<String> ids = new LinkedHashSet<>();
    named.stream().map(Finding::getItem).filter(id -> id != null).forEach(ids::add);
    List<VerdictItem> found = new ArrayList<>();
    for (String id : ids) {
      ItemRow row = state.facts().item(work.key, id);
      if (row != null) {
        found.add(item(items.decode(row.getItem()), line));
      }
    }
    return found;
  }

  private static VerdictItem item(ActionItem item, String line) {
    List<LineFix> lines = new ArrayList<>(item.getLines());
    lines.sort(Comparator.comparing(fix -> !fix.getLine().equals(line))); // stable: ours first
    return VerdictItem.newBuilder()
        .setItem(item.getId())
        .setTitle(item.getTitle())
        .setPackageName(item.getPackageName())
        .setLines(lines.stream().limit(MOST_LINES).toList())
        .build();
  }
}
