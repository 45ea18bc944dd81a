package dev.sluice.streams.engine;

import dev.sluice.streams.state.Order.Moving;
import dev.sluice.streams.state.State;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that was renamed takes its findings along: where one scan no longer shows a piece of code
 * and shows an equal one elsewhere for the first time. Only where there is one of each; what could
 * have gone to several places, or come from several, is new.
 */
final class Renames {
  private static final int PAGE = 64;

  private final State state;
  private final Findings findings;

  Renames(State state, Findings findings) {
    this.state = state;
    this.findings = findings;
  }

  /**
   * Looks at one piece of code that came or went.
   *
   * @return whether there was any
   */
  boolean settleNext(Work work) {
    List<Moving> equal = takeEqual(work.key);
    if (equal.size() == 2 && equal.get(0).gone() && !equal.get(1).gone()) {
      findings.rename(work, equal.get(0).atom(), equal.get(1).atom());
    }
    return !equal.isEmpty();
  }

  /** The next that are equal, of which three are enough to know that they are too many. */
  private List<Moving> takeEqual(long asset) {
    List<Moving> equal = new ArrayList<>();
    while (true) {
      List<Moving> page = state.order().moving(asset, PAGE);
      for (Moving moving : page) {
        if (!equal.isEmpty() && equal.get(0).code() != moving.code()) {
          return equal;
        }
        state.order().removeMoving(asset, moving);
        if (equal.size() < 3) {
          equal.add(moving);
        }
      }
      if (page.size() < PAGE) {
        return equal;
      }
    }
  }
}
