package dev.sluice.streams.knowledge;

import dev.sluice.events.Policy;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.Suppression;
import dev.sluice.streams.engine.Knowledge;
import dev.sluice.streams.rules.policy.CompiledPolicy;
import dev.sluice.streams.rules.suppression.Suppressions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What decides, in memory: the policy, matrices and suppressions; nothing of exploitation. */
public final class ReferenceData implements Knowledge {
  private final String document;
  private final CompiledPolicy policy;
  private final Map<String, SupportMatrix> matrices;
  private final TreeMap<String, Suppression> suppressions;

  private ReferenceData(
      String document,
      CompiledPolicy policy,
      Map<String, SupportMatrix> matrices,
      TreeMap<String, Suppression> suppressions) {
    this.document = document;
    this.policy = policy;
    this.matrices = matrices;
    this.suppressions = suppressions;
  }

  /**
   * What the topics hold.
   *
   * @param policies of which the one that decides counts; without it the built-in one decides
   * @throws dev.sluice.streams.rules.document.DocumentException if that does not compile
   */
  public static ReferenceData of(
      Collection<Policy> policies,
      Collection<SupportMatrix> matrices,
      Collection<Suppression> suppressions) {
    String document =
        policies.stream()
            .filter(each -> each.getName().equals(KnowledgePublisher.POLICY))
            .map(Policy::getDocument)
            .findFirst()
            .orElseGet(CompiledPolicy::standardDocument);
    Map<String, SupportMatrix> byProduct = new HashMap<>();
    matrices.forEach(each -> byProduct.put(each.getProduct(), each));
    TreeMap<String, Suppression> byId = new TreeMap<>();
    suppressions.stream()
        .filter(each -> !KnowledgePublisher.isMark(each))
        .forEach(each -> byId.put(each.getId(), each));
    return new ReferenceData(document, CompiledPolicy.compile(document), byProduct, byId);
  }

  /** What would hold after a change. */
  public ReferenceData with(ProposedChange change) {
    Map<String, SupportMatrix> changed = new HashMap<>(matrices);
    if (change.matrix() != null) {
      changed.put(change.matrix().getProduct(), change.matrix());
    }
    TreeMap<String, Suppression> kept = new TreeMap<>(suppressions);
    change.put().forEach(each -> kept.put(each.getId(), each));
    change.removed().forEach(each -> kept.remove(each.getId()));
    return change.policy() == null
        ? new ReferenceData(document, policy, changed, kept)
        : new ReferenceData(
            change.policy(), CompiledPolicy.compile(change.policy()), changed, kept);
  }

  /** Whether a change says what holds already. */
  public boolean holds(ProposedChange change) {
    return switch (change.kind()) {
      case POLICY -> document.equals(change.policy());
      case SUPPORT_MATRIX -> {
        SupportMatrix held = matrix(change.name());
        yield held != null && ProposedChange.matrix(held).digest().equals(change.digest());
      }
      default ->
          change.put().isEmpty()
              && change.removed().stream()
                  .noneMatch(each -> suppressions.containsKey(each.getId()));
    };
  }

  /** The text of the policy that decides. */
  public String document() {
    return document;
  }

  @Override
  public CompiledPolicy policy() {
    return policy;
  }

  @Override
  public SupportMatrix matrix(String product) {
    return matrices.get(product);
  }

  @Override
  public Exploited exploited(Collection<String> ids) {
    return new Exploited(false, null, null);
  }

  @Override
  public Collection<Suppression> suppressions(Collection<String> subjects) {
    List<Suppression> found = new ArrayList<>();
    for (String subject : subjects) {
      String prefix = Suppressions.prefix(subject);
      for (Suppression each : suppressions.tailMap(prefix).values()) {
        if (!each.getId().startsWith(prefix)) {
          break;
        }
        found.add(each);
      }
    }
    return found;
  }
}
