package dev.sluice.streams.engine;

import dev.sluice.events.Observation;
import dev.sluice.streams.rules.identity.Atom;
import dev.sluice.streams.rules.identity.Fingerprints;
import dev.sluice.streams.state.OpenScan;
import dev.sluice.streams.state.SeenIndex.Seen;
import dev.sluice.streams.state.State;

/**
 * Which occurrence of its series an observation is. A report can hold the same occurrence more than
 * once: equal code at several lines is several problems, and a package listed twice with different
 * words is one problem with two claims. They are told apart by a number, and matched with what the
 * series said before first by content and then in the order of the report.
 */
final class Occurrences {
  /** How many claims about one package a series can make without them replacing each other. */
  private static final int MOST_VARIANTS = 16;

  /**
   * An observation among what its series has said.
   *
   * @param occurrence key in the seen index
   * @param number which one of several equal ones, from 0
   * @param seen what the series said of it before, or null
   * @param content fingerprint of what it says now
   * @param collides whether it takes the place of another observation of the same scan
   */
  record Match(byte[] occurrence, int number, Seen seen, long content, boolean collides) {
    boolean isRepeat() {
      return seen != null && seen.fingerprint() == content;
    }
  }

  private final State state;
  private final Fingerprints fingerprints = new Fingerprints();

  Occurrences(State state) {
    this.state = state;
  }

  Match match(OpenScan scan, long series, Observation observation) {
    boolean counted = Atom.isCounted(observation.getKind());
    byte[] first = fingerprints.occurrence(observation, 0);
    long content = fingerprints.content(observation);
    int start = counted ? scan.taken(first) : 0;
    Match free = null;
    Match match = null;
    for (int number = start; free == null || number - free.number() < MOST_VARIANTS; number++) {
      byte[] occurrence = number == 0 ? first : fingerprints.occurrence(observation, number);
      Seen seen = state.seen().find(series, occurrence);
      match = new Match(occurrence, number, seen, content, false);
      if (seen == null) {
        break;
      }
      boolean marked = state.staging().isMarked(scan, seen.ordinal());
      if (match.isRepeat() && !(marked && counted)) {
        return match;
      }
      if (marked && counted && free == null) {
        scan.take(first, number + 1);
      } else if (!marked && free == null) {
        free = match;
      }
      if (!counted && number + 1 == MOST_VARIANTS) {
        break;
      }
    }
    if (free != null) {
      return free;
    }
    return match.seen() == null
        ? match
        : new Match(match.occurrence(), match.number(), match.seen(), content, true);
  }
}
