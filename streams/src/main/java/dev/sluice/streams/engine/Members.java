package dev.sluice.streams.engine;

import dev.sluice.events.Finding;
import dev.sluice.streams.rules.item.ItemKey;
import dev.sluice.streams.rules.item.Tally;
import dev.sluice.streams.state.Facts.Member;
import dev.sluice.streams.state.State;
import dev.sluice.streams.state.row.TallyRow;
import java.util.Map;

/** Which findings an item holds, worst first; those of a baseline are counted as well. */
final class Members {
  private final State state;

  Members(State state) {
    this.state = state;
  }

  /** A finding joins the item that it names. */
  void join(Work work, Finding finding) {
    state.facts().addMember(work.key, finding.getItem(), member(finding));
    if (isBaseline(work, finding)) {
      Tally tally = tally(work, finding.getItem());
      tally.join(finding);
      put(work, finding.getItem(), tally);
    }
  }

  /** A finding leaves its item; it is as it was when it joined. */
  void leave(Work work, Finding finding) {
    state.facts().removeMember(work.key, finding.getItem(), member(finding));
    if (isBaseline(work, finding)) {
      Tally tally = tally(work, finding.getItem());
      tally.leave(finding);
      put(work, finding.getItem(), tally);
    }
  }

  Tally tally(Work work, String item) {
    TallyRow row = state.facts().tally(work.key, item);
    return row == null ? new Tally(Map.of(), null) : new Tally(row.getCounts(), row.getFirstSeen());
  }

  private void put(Work work, String item, Tally tally) {
    state
        .facts()
        .putTally(
            work.key,
            item,
            new TallyRow(new java.util.TreeMap<>(tally.counts()), tally.firstSeen()));
  }

  private static boolean isBaseline(Work work, Finding finding) {
    return finding.getItem().equals(work.baseline);
  }

  private static Member member(Finding finding) {
    return new Member(ItemKey.rank(finding), finding.getId());
  }
}
