package dev.sluice.streams.topology;

import dev.sluice.events.KnowledgeKind;
import dev.sluice.events.Policy;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.Suppression;
import dev.sluice.events.VulnerabilityIntel;
import dev.sluice.streams.engine.Knowledge;
import dev.sluice.streams.knowledge.KnowledgePublisher;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.streams.rules.policy.CompiledPolicy;
import dev.sluice.streams.rules.suppression.Suppressions;
import dev.sluice.streams.state.row.KnowledgeRow;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reference data out of the global stores, never older than what the partition has acted on. What
 * was decoded or compiled is kept until the data changes.
 */
final class LibraryKnowledge implements Knowledge {
  private static final Logger log = LoggerFactory.getLogger(LibraryKnowledge.class);

  /** Name of the policy that decides where several are kept. */
  static final String POLICY = "default";

  private static final String KEV = "cisa-kev:";
  private static final String EPSS = "epss:";

  /** Raw values of the global stores, by key; suppressions by what their keys begin with. */
  record Library(
      Function<byte[], byte[]> policies,
      Function<byte[], byte[]> matrices,
      Function<byte[], byte[]> intel,
      Function<String, List<byte[]>> suppressions) {}

  /** Decoders of what is in them. */
  record Decoders(
      Function<byte[], Policy> policy,
      Function<byte[], SupportMatrix> matrix,
      Function<byte[], VulnerabilityIntel> intel,
      Function<byte[], Suppression> suppression) {}

  private record Kept<T>(byte[] raw, long revision, T value) {}

  private final Library library;
  private final Decoders decoders;
  private final BiFunction<KnowledgeKind, String, KnowledgeRow> acted;
  private final Map<String, Kept<SupportMatrix>> matrices = new HashMap<>();
  private final CompiledPolicy standard = CompiledPolicy.standard();
  private Kept<CompiledPolicy> policy;

  /**
   * @param acted the revision that the partition has acted on, or null
   */
  LibraryKnowledge(
      Library library, Decoders decoders, BiFunction<KnowledgeKind, String, KnowledgeRow> acted) {
    this.library = library;
    this.decoders = decoders;
    this.acted = acted;
  }

  /** Whether the data of a revision has arrived. */
  boolean has(KnowledgeKind kind, String name, long revision) {
    return switch (kind) {
      case POLICY -> {
        byte[] raw = library.policies().apply(bytes(name));
        yield raw != null && decoders.policy().apply(raw).getRevision() >= revision;
      }
      case SUPPORT_MATRIX -> {
        byte[] raw = library.matrices().apply(bytes(name));
        yield raw != null && decoders.matrix().apply(raw).getRevision() >= revision;
      }
      case INTEL -> {
        byte[] raw = library.intel().apply(bytes(KnowledgePublisher.LOADED + ':' + name));
        yield raw != null && decoders.intel().apply(raw).getRevision() >= revision;
      }
      case SUPPRESSIONS ->
          library.suppressions().apply(KnowledgePublisher.LOADED + ':' + name).stream()
              .anyMatch(raw -> decoders.suppression().apply(raw).getRevision() >= revision);
      case UNKNOWN -> true;
    };
  }

  @Override
  public CompiledPolicy policy() {
    if (acted.apply(KnowledgeKind.POLICY, POLICY) == null) {
      return standard;
    }
    byte[] raw = library.policies().apply(bytes(POLICY));
    if (raw == null) {
      return standard;
    }
    if (policy == null || !java.util.Arrays.equals(policy.raw(), raw)) {
      Policy document = decoders.policy().apply(raw);
      policy = new Kept<>(raw, document.getRevision(), compile(document));
    }
    return policy.value();
  }

  /**
   * The loader compiles before it writes; should a bad one get here all the same, the last stays.
   */
  private CompiledPolicy compile(Policy document) {
    try {
      return CompiledPolicy.compile(document.getDocument());
    } catch (DocumentException e) {
      log.atError()
          .addKeyValue("policy", document.getName())
          .addKeyValue("revision", document.getRevision())
          .addKeyValue("reason", e.getMessage())
          .log("a policy does not compile; the one before it stays in force");
      return policy == null ? standard : policy.value();
    }
  }

  @Override
  public SupportMatrix matrix(String product) {
    if (acted.apply(KnowledgeKind.SUPPORT_MATRIX, product) == null) {
      return null;
    }
    byte[] raw = library.matrices().apply(bytes(product));
    if (raw == null) {
      return null;
    }
    Kept<SupportMatrix> kept = matrices.get(product);
    if (kept == null || !java.util.Arrays.equals(kept.raw(), raw)) {
      SupportMatrix matrix = decoders.matrix().apply(raw);
      kept = new Kept<>(raw, matrix.getRevision(), matrix);
      matrices.put(product, kept);
    }
    return kept.value();
  }

  @Override
  public Exploited exploited(Collection<String> ids) {
    boolean known = false;
    LocalDate due = null;
    Double epss = null;
    for (String id : ids) {
      byte[] kev = library.intel().apply(bytes(KEV + id));
      if (kev != null) {
        VulnerabilityIntel intel = decoders.intel().apply(kev);
        known |= intel.getKnownExploited();
        due = earlier(due, intel.getDue());
      }
      byte[] score = library.intel().apply(bytes(EPSS + id));
      if (score != null) {
        Double value = decoders.intel().apply(score).getEpssScore();
        epss = epss == null || value != null && value > epss ? value : epss;
      }
    }
    return new Exploited(known, due, epss);
  }

  @Override
  public Collection<Suppression> suppressions(Collection<String> subjects) {
    List<Suppression> found = new ArrayList<>();
    for (String subject : subjects) {
      for (byte[] raw : library.suppressions().apply(Suppressions.prefix(subject))) {
        found.add(decoders.suppression().apply(raw));
      }
    }
    return found;
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a == null || b != null && b.isBefore(a) ? b : a;
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
