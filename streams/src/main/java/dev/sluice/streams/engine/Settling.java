package dev.sluice.streams.engine;

import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.JobRow;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What changed is settled: renames, adoption, findings, what belongs together, items. */
final class Settling {
  private final State state;
  private final Knowledge knowledge;
  private final Findings findings;
  private final Renames renames;
  private final Items items;
  private byte[] settledTo;
  private String putTogetherTo;

  Settling(State state, Knowledge knowledge, Findings findings, Items items) {
    this.state = state;
    this.knowledge = knowledge;
    this.findings = findings;
    this.renames = new Renames(state, findings);
    this.items = items;
  }

  /** Another job begins. */
  void begin() {
    settledTo = null;
    putTogetherTo = null;
  }

  /** Another slice begins: something may have arrived since the last one. */
  void beginSlice() {
    findings.beginSlice();
  }

  void settleRenames(Work work, JobRow job) {
    if (!renames.settleNext(work)) {
      Steps.turn(
          job, job.getFirstOfAsset() ? "adopt" : job.getSupportMoved() ? "mark" : "findings");
    }
  }

  /** Looks ahead: would an asset's first scan open more items than anybody could take in? */
  void adopt(Work work, JobRow job) {
    int threshold = knowledge.policy().adoptionThreshold();
    Set<String> previewed = new TreeSet<>(job.getPreviewed());
    List<byte[]> page =
        state.order().markedAtoms(work.key, Steps.bytes(job.getCursor()), Steps.PAGE);
    byte[] subject =
        job.getCursor() == null ? null : Arrays.copyOf(Steps.bytes(job.getCursor()), 8);
    for (byte[] atom : page) {
      byte[] about = Arrays.copyOf(atom, 8);
      if (!Arrays.equals(about, subject) && previewed.size() <= threshold) {
        previewed.addAll(findings.preview(work, atom, threshold));
      }
      subject = about;
      job.setCursor(ByteBuffer.wrap(atom));
    }
    job.setPreviewed(previewed.stream().limit(threshold + 1L).toList());
    if (page.size() == Steps.PAGE && previewed.size() <= threshold) {
      return;
    }
    job.setAdopting(previewed.size() > threshold);
    job.setPreviewed(List.of());
    work.adopting = job.getAdopting();
    Steps.turn(job, "findings");
  }

  void markAll(Work work, JobRow job) {
    List<byte[]> page = state.facts().atomKeys(work.key, Steps.bytes(job.getCursor()), Steps.PAGE);
    for (byte[] atom : page) {
      state.order().markAtom(work.key, atom);
      job.setCursor(ByteBuffer.wrap(atom));
    }
    if (page.size() < Steps.PAGE) {
      Steps.turn(job, "findings");
    }
  }

  /** Goes on behind the last one: what was taken away in front of it is slow to step over. */
  void settleFindings(Work work, JobRow job) {
    if (findings.isSettling()) {
      findings.goOn(work);
      return;
    }
    List<byte[]> marked = state.order().markedAtoms(work.key, settledTo, 1);
    if (!marked.isEmpty()) {
      settledTo = marked.get(0);
      findings.settle(work, settledTo);
    } else if (settledTo != null) {
      settledTo = null;
    } else {
      Steps.turn(job, "links");
    }
  }

  /** A finding that several tools report may turn out to belong to another item. */
  void settleLinks(Work work, JobRow job) {
    List<Long> marked = state.order().markedFiles(work.key, null, 1);
    if (!marked.isEmpty()) {
      findings.link(work, marked.get(0));
    } else {
      boolean moved = !state.order().markedAtoms(work.key, null, 1).isEmpty();
      Steps.turn(job, moved ? "findings" : "items");
    }
  }

  void settleItems(Work work, JobRow job) {
    List<String> marked = state.order().markedItems(work.key, putTogetherTo, 1);
    if (!marked.isEmpty()) {
      putTogetherTo = marked.get(0);
      items.settle(work, putTogetherTo);
    } else if (putTogetherTo != null) {
      putTogetherTo = null;
    } else {
      Steps.turn(job, job.getScan() == null ? "forget" : "verdict");
    }
  }
}
