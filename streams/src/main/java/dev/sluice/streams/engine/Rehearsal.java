package dev.sluice.streams.engine;

import dev.sluice.events.AssetProfile;
import dev.sluice.events.ChartImagePair;
import dev.sluice.events.Decision;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.LineState;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.Suppression;
import dev.sluice.streams.rules.life.ItemLife.Cause;
import dev.sluice.streams.rules.life.Shallow;
import dev.sluice.streams.rules.policy.CompiledPolicy;
import dev.sluice.streams.state.Facts;
import dev.sluice.streams.state.MemoryTable;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.AssetRow;
import dev.sluice.streams.state.row.LineRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Decides findings as a partition would if reference data were other than it is, and changes
 * nothing. It works on findings as they were sent last, by the code that decides in earnest. One
 * thread at a time.
 */
public final class Rehearsal {
  private static final Cause CAUSE = new Cause("rehearsal", "", null);

  private final State state =
      State.over(new MemoryTable(), new MemoryTable(), new MemoryTable(), new MemoryTable());
  private final Set<String> assets = new HashSet<>();
  private final Function<String, AssetProfile> profiles;
  private final Instant at;
  private final AsSent now;
  private final AsSent then;

  /**
   * @param now reference data that holds
   * @param then what would hold
   * @param profiles what a team says of an asset; null if it says nothing
   * @param at the time of both decisions, so that what only the clock changes is no difference
   */
  public Rehearsal(
      Knowledge now, Knowledge then, Function<String, AssetProfile> profiles, Instant at) {
    this.now = new AsSent(now);
    this.then = new AsSent(then);
    this.profiles = profiles;
    this.at = at;
  }

  /** Whether somebody must act on a finding now: only such ones can be withheld. */
  public static boolean isOpen(Finding finding) {
    return finding.getMovedTo() == null
        && finding.getItem() != null
        && finding.getStatus() == FindingStatus.OPEN;
  }

  /** The decision that would withhold an open finding; empty if it would stay open. */
  public Optional<Decision> withheld(Finding finding) {
    prepare(finding);
    if (finding.getKind() == FindingKind.DEPLOYMENT) {
      return deployment(finding);
    }
    Finding after = judged(then, finding);
    if (after.getDecision().getActionable()
        || !judged(now, finding).getDecision().getActionable()) {
      return Optional.empty();
    }
    return Optional.of(after.getDecision());
  }

  private void prepare(Finding finding) {
    String asset = finding.getAsset();
    long key = Facts.assetKey(asset);
    if (assets.add(asset)) {
      state.facts().putProfile(key, profiles.apply(asset));
    }
    for (LineState line : finding.getLines()) {
      state
          .facts()
          .putLine(
              key,
              LineRow.newBuilder()
                  .setLine(line.getLine())
                  .setHeadVersion(line.getHeadVersion())
                  .setHeadDigest(line.getDigest())
                  .build());
    }
  }

  private Finding judged(AsSent knowledge, Finding finding) {
    Work work = work(knowledge, finding);
    Judgement judgement = new Judgement(knowledge);
    knowledge.finding = finding;
    Finding copy = Shallow.copy(finding, new Finding());
    List<LineState> lines = new ArrayList<>();
    for (LineState line : finding.getLines()) {
      LineState judged = Shallow.copy(line, new LineState());
      judged.setSupport(judgement.support(work, line.getLine()));
      lines.add(judged);
    }
    copy.setLines(lines);
    Set<String> ids = new TreeSet<>(finding.getAliases());
    ids.add(finding.getVulnerability());
    judgement.judge(work, copy, ids, finding.getScannerSuppressed());
    return copy;
  }

  private Work work(AsSent knowledge, Finding finding) {
    AssetRow asset = AssetRow.newBuilder().setAsset(finding.getAsset()).build();
    return new Work(state.facts(), knowledge, asset, CAUSE, null, at);
  }

  /**
   * A finding does not hold what its deployments run, so a change of the pairs that it was judged
   * by counts as withholding it.
   */
  private Optional<Decision> deployment(Finding finding) {
    List<ChartImagePair> before = pairs(work(now, finding).matrix);
    List<ChartImagePair> after = pairs(work(then, finding).matrix);
    if (after.containsAll(before)) {
      return Optional.empty();
    }
    return Optional.of(
        Decision.newBuilder()
            .setActionable(false)
            .setRule("unknown-combination")
            .setReason("unknown-combination")
            .setExplanation(
                "It was judged by the pairs of chart and image, and some of them would be gone.")
            .setPolicyVersion("")
            .build());
  }

  private static List<ChartImagePair> pairs(SupportMatrix matrix) {
    return matrix == null ? List.of() : matrix.getPairs();
  }

  /** Reference data, and of exploitation what the finding says: it was sent with all of it. */
  private static final class AsSent implements Knowledge {
    private final Knowledge knowledge;
    private Finding finding;

    private AsSent(Knowledge knowledge) {
      this.knowledge = knowledge;
    }

    @Override
    public CompiledPolicy policy() {
      return knowledge.policy();
    }

    @Override
    public SupportMatrix matrix(String product) {
      return knowledge.matrix(product);
    }

    @Override
    public Exploited exploited(Collection<String> ids) {
      return new Exploited(
          finding.getKnownExploited(), finding.getExploitedDue(), finding.getEpssScore());
    }

    @Override
    public Collection<Suppression> suppressions(Collection<String> subjects) {
      return knowledge.suppressions(subjects);
    }
  }
}
