package dev.sluice.streams.rules.item;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.streams.rules.identity.Hashes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where in its file a code weakness is, and who says so. Two tools that report the same family of
 * weakness on overlapping lines mean one piece of work, though not one finding.
 *
 * @param finding finding id
 * @param file hash of unit and path
 * @param scanners who claims it
 * @param families see {@link WeaknessFamily}
 * @param start first line, from 1
 * @param end last line
 */
public record Spot(
    String finding, long file, Set<String> scanners, Set<String> families, int start, int end) {

  /**
   * A longer region is a whole function, and overlaps with everything in it: its first line counts.
   */
  private static final int LONGEST_REGION = 20;

  public Spot {
    scanners = Set.copyOf(scanners);
    families = Set.copyOf(families);
    end = end < start || end - start > LONGEST_REGION ? start : end;
  }

  /** The place of a finding that somebody must act on; empty if nothing can be linked to it. */
  public static Optional<Spot> of(Finding finding) {
    Location location = finding.getLocation();
    if (finding.getKind() != FindingKind.CODE_WEAKNESS
        || !finding.getDecision().getActionable()
        || location == null
        || location.getPath().isEmpty()
        || location.getStartLine() == null) {
      return Optional.empty();
    }
    Set<String> families = WeaknessFamily.of(finding.getCwes(), finding.getVulnerability());
    int start = location.getStartLine();
    int end = location.getEndLine() == null ? start : location.getEndLine();
    return families.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Spot(
                finding.getId(),
                Hashes.of8(finding.getUnit(), location.getPath()),
                Set.copyOf(finding.getScanners()),
                families,
                start,
                end));
  }

  /** Whether another tool reports the same family of weakness on overlapping lines. */
  boolean isLinkedTo(Spot other) {
    return start <= other.end
        && other.start <= end
        && Collections.disjoint(scanners, other.scanners)
        && !Collections.disjoint(families, other.families);
  }

  /** Finding ids that are one piece of work, each list sorted, in the order of their first ids. */
  public static List<List<String>> linked(List<Spot> spots) {
    List<Spot> sorted =
        spots.stream()
            .sorted(Comparator.comparingInt(Spot::start).thenComparing(Spot::finding))
            .toList();
    int[] root = new int[sorted.size()];
    for (int i = 0; i < root.length; i++) {
      root[i] = i;
      // Regions are short, so that what can overlap begins at most that much earlier.
      for (int j = i - 1;
          j >= 0 && sorted.get(i).start() - sorted.get(j).start() <= LONGEST_REGION;
          j--) {
        if (sorted.get(i).isLinkedTo(sorted.get(j))) {
          root[find(root, i)] = find(root, j);
        }
      }
    }
    TreeMap<Integer, List<String>> groups = new TreeMap<>();
    for (int i = 0; i < root.length; i++) {
      groups.computeIfAbsent(find(root, i), k -> new ArrayList<>()).add(sorted.get(i).finding());
    }
    groups.values().forEach(ids -> ids.sort(null));
    return groups.values().stream().sorted(Comparator.comparing(ids -> ids.get(0))).toList();
  }

  private static int find(int[] root, int i) {
    int at = i;
    while (root[at] != at) {
      at = root[at];
    }
    return at;
  }
}
