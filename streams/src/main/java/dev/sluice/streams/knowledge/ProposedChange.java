package dev.sluice.streams.knowledge;

import dev.sluice.events.KnowledgeChange;
import dev.sluice.events.KnowledgeKind;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.streams.rules.identity.Hashes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reference data that somebody wants to load: a policy, a support matrix, or suppressions to keep
 * and to take away.
 *
 * @param name policy, product, or what is loaded; a later change of the same kind and name stands
 *     for this one
 * @param policy the document, or null
 * @param matrix the matrix, or null
 */
public record ProposedChange(
    KnowledgeKind kind,
    String name,
    String policy,
    SupportMatrix matrix,
    List<Suppression> put,
    List<Suppression> removed) {
  /** Content of one record; far enough below what a broker takes. */
  private static final int MOST_BYTES = 500_000;

  public ProposedChange {
    put = List.copyOf(put);
    removed = List.copyOf(removed);
  }

  /** A policy that compiles. */
  public static ProposedChange policy(String document) {
    return new ProposedChange(
        KnowledgeKind.POLICY, KnowledgePublisher.POLICY, document, null, List.of(), List.of());
  }

  public static ProposedChange matrix(SupportMatrix matrix) {
    return new ProposedChange(
        KnowledgeKind.SUPPORT_MATRIX, matrix.getProduct(), null, matrix, List.of(), List.of());
  }

  /**
   * @param name what is loaded, for people: a document, or who accepted
   */
  public static ProposedChange suppressions(
      String name, List<Suppression> put, List<Suppression> removed) {
    return new ProposedChange(KnowledgeKind.SUPPRESSIONS, name, null, null, put, removed);
  }

  /** SHA-256 over everything that decides, hex: not over who loads it and when. */
  public String digest() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((kind + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    if (policy != null) {
      out.writeBytes(policy.getBytes(StandardCharsets.UTF_8));
    }
    if (matrix != null) {
      SupportMatrix bare = SupportMatrix.newBuilder(matrix).build();
      bare.setRevision(0);
      bare.setLoadedAt(null);
      bare.setLoadedBy(null);
      out.writeBytes(bytes(bare));
    }
    put.forEach(each -> out.writeBytes(bytes(bare(each))));
    removed.forEach(each -> out.writeBytes(("-" + each.getId()).getBytes(StandardCharsets.UTF_8)));
    return Hashes.hex(out.toByteArray());
  }

  private static Suppression bare(Suppression suppression) {
    Suppression bare = Suppression.newBuilder(suppression).build();
    bare.setRevision(0);
    bare.setRecordedBy(null);
    if (suppression.getKind() != SuppressionKind.VEX) {
      bare.setRecordedAt(null); // Only among statements does the newer one hold.
    }
    return bare;
  }

  /** Its content as records that a broker takes, counted from 1. */
  List<KnowledgeChange> content(String id) {
    List<KnowledgeChange> parts = new ArrayList<>();
    if (policy != null || matrix != null) {
      KnowledgeChange whole = part(id, 1);
      whole.setPolicy(policy);
      whole.setMatrix(matrix);
      parts.add(whole);
    }
    KnowledgeChange open = null;
    int size = 0;
    for (int i = 0; i < put.size() + removed.size(); i++) {
      boolean kept = i < put.size();
      Suppression each = kept ? put.get(i) : removed.get(i - put.size());
      int bytes = bytes(each).length;
      if (open == null || size + bytes > MOST_BYTES) {
        open = part(id, parts.size() + 1);
        parts.add(open);
        size = 0;
      }
      (kept ? open.getPut() : open.getRemoved()).add(each);
      size += bytes;
    }
    return parts;
  }

  private static KnowledgeChange part(String id, int part) {
    KnowledgeChange record = KnowledgeChange.newBuilder().setId(id).setPart(part).build();
    record.setPut(new ArrayList<>());
    record.setRemoved(new ArrayList<>());
    return record;
  }

  /**
   * What was written as {@link #content}.
   *
   * @param head the change itself
   * @param parts its content in any order
   * @throws IllegalStateException if that is not all of it, or not what was proposed
   */
  public static ProposedChange of(KnowledgeChange head, List<KnowledgeChange> parts) {
    String policy = null;
    SupportMatrix matrix = null;
    List<Suppression> put = new ArrayList<>();
    List<Suppression> removed = new ArrayList<>();
    List<KnowledgeChange> sorted =
        parts.stream().sorted(Comparator.comparingInt(KnowledgeChange::getPart)).toList();
    for (KnowledgeChange part : sorted) {
      policy = part.getPolicy() == null ? policy : part.getPolicy();
      matrix = part.getMatrix() == null ? matrix : part.getMatrix();
      put.addAll(part.getPut());
      removed.addAll(part.getRemoved());
    }
    ProposedChange change =
        new ProposedChange(head.getKind(), head.getName(), policy, matrix, put, removed);
    if (sorted.size() != head.getParts() || !change.digest().equals(head.getDigest())) {
      throw new IllegalStateException(
          "the content of "
              + head.getId()
              + " is not what was proposed; reject it and propose it again");
    }
    return change;
  }

  private static byte[] bytes(SupportMatrix matrix) {
    try {
      return SupportMatrix.getEncoder().encode(matrix).array();
    } catch (IOException e) {
      throw new UncheckedIOException("a record in memory cannot fail to be written", e);
    }
  }

  private static byte[] bytes(Suppression suppression) {
    try {
      return Suppression.getEncoder().encode(suppression).array();
    } catch (IOException e) {
      throw new UncheckedIOException("a record in memory cannot fail to be written", e);
    }
  }
}
