package dev.sluice.streams.rules.support;

import dev.sluice.events.Support;
import dev.sluice.events.SupportedLine;
import dev.sluice.streams.rules.version.VersionRange;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rows of one matrix that cannot both be right. */
final class Contradictions {

  private Contradictions() {}

  /**
   * Makes rows about the same versions that disagree UNKNOWN. Rows that overlap in part and
   * disagree are warned of; where they overlap, looking up gives unknown.
   */
  static void mark(List<SupportedLine> lines, String sourceName, List<String> warnings) {
    Set<Integer> unknown = new HashSet<>();
    List<Optional<VersionRange>> ranges =
        lines.stream().map(l -> VersionRange.fromVers(l.getVers())).toList();
    for (int i = 0; i < lines.size(); i++) {
      for (int j = i + 1; j < lines.size(); j++) {
        SupportedLine a = lines.get(i);
        SupportedLine b = lines.get(j);
        if (a.getSupport() == b.getSupport()
            || a.getSupport() == Support.UNKNOWN
            || b.getSupport() == Support.UNKNOWN) {
          continue;
        }
        boolean sameWords = a.getRange().equalsIgnoreCase(b.getRange());
        Optional<VersionRange> ra = ranges.get(i);
        Optional<VersionRange> rb = ranges.get(j);
        boolean both = ra.isPresent() && rb.isPresent();
        boolean same =
            sameWords || (both && ra.get().within(rb.get()) && rb.get().within(ra.get()));
        String where = sourceName + ":" + a.getSourceLine() + " and :" + b.getSourceLine();
        if (same) {
          unknown.add(i);
          unknown.add(j);
          warnings.add(where + ": contradict each other about " + a.getRange());
        } else if (both
            && ra.get().overlaps(rb.get())
            && !ra.get().within(rb.get())
            && !rb.get().within(ra.get())) {
          warnings.add(where + ": overlap in part and disagree");
        }
      }
    }
    unknown.forEach(i -> TableReader.unknown(lines.get(i), "contradicts another row"));
  }
}
