package dev.sluice.streams.engine;

import dev.sluice.events.AssetRole;
import dev.sluice.events.Decision;
import dev.sluice.events.Deployment;
import dev.sluice.events.Exposure;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.GateMode;
import dev.sluice.events.LineState;
import dev.sluice.events.Location;
import dev.sluice.events.SecretValidity;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.streams.rules.finding.FindingAssembly;
import dev.sluice.streams.rules.finding.Resolution;
import dev.sluice.streams.rules.identity.Purls;
import dev.sluice.streams.rules.policy.Deadline;
import dev.sluice.streams.rules.policy.PolicyFacts;
import dev.sluice.streams.rules.policy.PolicyOutcome;
import dev.sluice.streams.rules.support.Combination;
import dev.sluice.streams.rules.support.SupportLookup;
import dev.sluice.streams.rules.suppression.Suppressed;
import dev.sluice.streams.rules.suppression.Suppressions;
import dev.sluice.streams.state.row.LineRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Brings findings, what is known of the world, and the policy together. */
final class Judgement {
  private static final List<Support> BEST_FIRST =
      List.of(Support.SUPPORTED, Support.NOT_APPLICABLE, Support.UNKNOWN, Support.UNSUPPORTED);

  private static final String UNSEEN_SECRET =
      " Nobody sees it any more, and it stays open until its revocation is recorded.";

  private final Knowledge knowledge;

  Judgement(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /** Whether a release line gets fixes. Asked for every finding, and the same for a whole slice. */
  Support support(Work work, String line) {
    return work.supports.computeIfAbsent(line, name -> lookUp(work, name));
  }

  private static Support lookUp(Work work, String line) {
    LineRow head = work.line(line);
    return SupportLookup.of(
            work.matrix,
            Products.role(work.profile, work.matrix),
            line,
            head == null ? null : head.getHeadVersion(),
            work.now.atZone(ZoneOffset.UTC).toLocalDate())
        .support();
  }

  /**
   * Completes a finding with exploitation, status and decision.
   *
   * @param ids every id of the vulnerability
   * @param setAside whether every scanner that claims it has set its claim aside
   * @return the facts that decided
   */
  PolicyFacts judge(Work work, Finding finding, Set<String> ids, boolean setAside) {
    nameHeads(work, finding);
    if (finding.getKind() == FindingKind.VULNERABLE_PACKAGE) {
      Knowledge.Exploited exploited = knowledge.exploited(ids);
      finding.setKnownExploited(finding.getKnownExploited() || exploited.known());
      finding.setExploitedDue(exploited.due());
      if (exploited.epss() != null) {
        finding.setEpssScore(exploited.epss());
      }
    }
    finding.setScannerSuppressed(setAside);
    PolicyFacts facts = facts(work, finding, setAside);
    boolean seen = finding.getLines().stream().anyMatch(LineState::getPresent);
    if (isResolved(finding, seen)) {
      String known = finding.getResolution();
      resolve(work, finding, known == null ? Resolution.REVOKED : known);
      return facts;
    }
    finding.setResolution(null);
    Optional<Suppressed> suppressed = suppressed(work, finding, ids);
    if (suppressed.isPresent()) {
      suppress(work, finding, suppressed.get());
      return facts;
    }
    PolicyOutcome outcome = knowledge.policy().decide(facts);
    if (!seen) {
      outcome =
          new PolicyOutcome(
              outcome.actionable(),
              outcome.rule(),
              outcome.reason(),
              outcome.explanation() + UNSEEN_SECRET);
    }
    finding.setStatus(outcome.actionable() ? FindingStatus.OPEN : FindingStatus.WITHHELD);
    finding.setDecision(decision(work, outcome));
    return facts;
  }

  /** Statements speak of versions: of each line, the one at its head. */
  private static void nameHeads(Work work, Finding finding) {
    for (LineState line : finding.getLines()) {
      LineRow head = work.line(line.getLine());
      line.setHeadVersion(head == null ? null : head.getHeadVersion());
      line.setDigest(head == null ? null : head.getHeadDigest());
    }
  }

  /** Resolves a finding whatever the policy says. */
  void resolve(Work work, Finding finding, String resolution) {
    finding.setStatus(FindingStatus.RESOLVED);
    finding.setResolution(resolution);
    String why = Resolution.sentence(resolution);
    finding.setDecision(decision(work, new PolicyOutcome(false, "resolved", "resolved", why)));
  }

  private Optional<Suppressed> suppressed(Work work, Finding finding, Set<String> ids) {
    Set<String> subjects = new TreeSet<>(ids);
    subjects.add(finding.getId());
    subjects.addAll(finding.getFormerIds());
    Collection<Suppression> candidates = knowledge.suppressions(subjects);
    return candidates.isEmpty() ? Optional.empty() : Suppressions.of(finding, candidates, work.now);
  }

  private void suppress(Work work, Finding finding, Suppressed by) {
    finding.setStatus(
        by.kind() == SuppressionKind.ACCEPTED_RISK
            ? FindingStatus.ACCEPTED
            : FindingStatus.WITHHELD);
    Decision decision =
        decision(work, new PolicyOutcome(false, "suppression", by.reason(), by.explanation()));
    decision.setSuppression(by.id());
    finding.setDecision(decision);
  }

  /** A secret that nobody sees any more still opens something, until it is revoked. */
  private static boolean isResolved(Finding finding, boolean seen) {
    return finding.getKind() == FindingKind.SECRET
        ? finding.getSecretValidity() == SecretValidity.REVOKED
        : !seen;
  }

  /**
   * Completes the finding about a deployment: chart and image that were not released together are
   * work, whatever the policy says of severities; what the matrix does not speak of is only shown.
   */
  PolicyFacts judge(Work work, Finding finding, List<Deployment> deployments) {
    if (deployments.isEmpty()) {
      return judge(work, finding, Set.of(), false);
    }
    Combination combination =
        Combination.judge(deployments, work.matrix == null ? List.of() : work.matrix.getPairs());
    if (combination instanceof Combination.Unsupported) {
      finding.setTitle(combination.sentence());
      finding.setSeverity(Severity.MEDIUM);
      finding.setSeverityReason("a combination that nobody released");
      end(work, finding, FindingStatus.OPEN, "unsupported-combination", combination);
    } else if (combination instanceof Combination.Released) {
      finding.setResolution(Resolution.RELEASED_TOGETHER);
      end(work, finding, FindingStatus.RESOLVED, "resolved", combination);
    } else {
      end(work, finding, FindingStatus.WITHHELD, "unknown-combination", combination);
    }
    return facts(work, finding, false);
  }

  private void end(
      Work work, Finding finding, FindingStatus status, String rule, Combination combination) {
    boolean act = status == FindingStatus.OPEN;
    finding.setStatus(status);
    finding.setDecision(decision(work, new PolicyOutcome(act, rule, rule, combination.sentence())));
  }

  /** When an actionable finding is due, or null. */
  Deadline due(PolicyFacts facts, Finding finding, long actionableSince) {
    return finding.getDecision().getActionable()
        ? knowledge
            .policy()
            .due(facts, finding.getFirstSeen(), Instant.ofEpochMilli(actionableSince))
        : new Deadline(null, null);
  }

  /** Version of the policy in force. */
  String policyVersion() {
    return knowledge.policy().version();
  }

  boolean failsGate(Work work, Finding finding, boolean isNew, GateMode mode) {
    boolean suppressed =
        finding.getDecision() != null && finding.getDecision().getSuppression() != null;
    return !suppressed && knowledge.policy().failsGate(facts(work, finding, false), isNew, mode);
  }

  /** Owner of the finding's unit, else of its file, else of the asset, else null. */
  static String owner(Work work, Finding finding) {
    if (work.profile == null) {
      return null;
    }
    return work.profile.getUnits().stream()
        .filter(unit -> unit.getName().equals(finding.getUnit()) && unit.getOwner() != null)
        .map(unit -> unit.getOwner())
        .findFirst()
        .or(() -> pathOwner(work, finding.getLocation()))
        .orElse(work.profile.getOwner());
  }

  private static Optional<String> pathOwner(Work work, Location location) {
    return location == null || location.getPath() == null
        ? Optional.empty()
        : work.pathOwner(location.getPath());
  }

  private Decision decision(Work work, PolicyOutcome outcome) {
    return Decision.newBuilder()
        .setActionable(outcome.actionable())
        .setRule(outcome.rule())
        .setReason(outcome.reason())
        .setExplanation(outcome.explanation())
        .setPolicyVersion(knowledge.policy().version())
        .setMatrixVersion(work.matrix == null ? null : work.matrix.getVersion())
        .build();
  }

  private PolicyFacts facts(Work work, Finding finding, boolean setAside) {
    List<LineState> present = finding.getLines().stream().filter(LineState::getPresent).toList();
    Optional<String> fixed =
        present.stream()
            .filter(line -> line.getSupport() != Support.UNSUPPORTED)
            .map(LineState::getFixedVersion)
            .filter(Objects::nonNull)
            .findFirst();
    AssetRole role = Products.role(work.profile, work.matrix);
    return PolicyFacts.builder(finding.getKind())
        .severity(finding.getSeverity())
        .knownExploited(finding.getKnownExploited())
        .exploitedDue(finding.getExploitedDue())
        .epss(finding.getEpssScore())
        .hasFix(FindingAssembly.hasFix(finding))
        .fixedVersion(fixed.orElse(""))
        .fixState(finding.getFixState())
        .support(best(present))
        .secretLive(
            finding.getKind() == FindingKind.SECRET
                && finding.getSecretValidity() != SecretValidity.REVOKED)
        .reachability(finding.getReachability())
        .scanners(finding.getScanners())
        .scannerSuppressed(setAside)
        .asset(finding.getAsset())
        .unit(finding.getUnit())
        .exposure(work.profile == null ? Exposure.UNKNOWN : work.profile.getExposure())
        .role(role)
        .owner(owner(work, finding))
        .packageName(finding.getPackageName())
        .ecosystem(finding.getPackage$() == null ? "" : Purls.type(finding.getPackage$()))
        .vulnerability(finding.getVulnerability())
        .cwes(finding.getCwes())
        .lines(present.stream().map(LineState::getLine).toList())
        .firstSeen(finding.getFirstSeen())
        .build();
  }

  private static Support best(List<LineState> lines) {
    return lines.stream()
        .map(LineState::getSupport)
        .min(Comparator.comparingInt(BEST_FIRST::indexOf))
        .orElse(Support.UNKNOWN);
  }
}
