package dev.sluice.streams.rules.version;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A range of an asset's own versions, as support tables speak of them: a union of intervals over
 * the dotted numbers of a version. Labels do not count: 6.0.0-rc.1 is in {@code 6.x} and is not
 * below 6.
 *
 * @param intervals at least one
 */
public record VersionRange(List<Interval> intervals) {

  /** From {@code low} to {@code high}, dotted numbers; null is open. */
  public record Interval(String low, boolean lowIn, String high, boolean highIn) {

    boolean contains(String core) {
      if (low != null) {
        int c = SemverOrder.core(core, low);
        if (c < 0 || (c == 0 && !lowIn)) {
          return false;
        }
      }
      if (high != null) {
        int c = SemverOrder.core(core, high);
        return c < 0 || (c == 0 && highIn);
      }
      return true;
    }

    boolean isEmpty() {
      if (low == null || high == null) {
        return false;
      }
      int c = SemverOrder.core(low, high);
      return c > 0 || (c == 0 && !(lowIn && highIn));
    }

    boolean within(Interval outer) {
      return startsIn(outer) && endsIn(outer);
    }

    private boolean startsIn(Interval outer) {
      if (outer.low == null) {
        return true;
      }
      if (low == null) {
        return false;
      }
      int c = SemverOrder.core(low, outer.low);
      return c > 0 || (c == 0 && (outer.lowIn || !lowIn));
    }

    private boolean endsIn(Interval outer) {
      if (outer.high == null) {
        return true;
      }
      if (high == null) {
        return false;
      }
      int c = SemverOrder.core(high, outer.high);
      return c < 0 || (c == 0 && (outer.highIn || !highIn));
    }

    Interval intersect(Interval other) {
      Interval starts = startsIn(other) ? this : other;
      Interval ends = endsIn(other) ? this : other;
      return new Interval(starts.low, starts.lowIn, ends.high, ends.highIn);
    }
  }

  public VersionRange {
    if (intervals.isEmpty()) {
      throw new IllegalArgumentException("a range needs at least one interval");
    }
    intervals = List.copyOf(intervals);
  }

  static VersionRange of(Interval interval) {
    return new VersionRange(List.of(interval));
  }

  /** Whether a version is in the range; false for a version without a readable number. */
  public boolean contains(String version) {
    return VersionText.core(version).map(this::containsCore).orElse(false);
  }

  /** Whether dotted numbers, as {@link VersionText#core} gives them, are in the range. */
  public boolean containsCore(String core) {
    return intervals.stream().anyMatch(i -> i.contains(core));
  }

  /** Whether every version of this range is in the other one. */
  public boolean within(VersionRange outer) {
    return intervals.stream().allMatch(i -> outer.intervals.stream().anyMatch(i::within));
  }

  /** Whether some version is in both ranges. */
  public boolean overlaps(VersionRange other) {
    return intersect(other).isPresent();
  }

  /** Whether every version of the range is older than these dotted numbers. */
  public boolean isBelow(String core) {
    return intervals.stream()
        .allMatch(
            i -> {
              if (i.high == null) {
                return false;
              }
              int c = SemverOrder.core(i.high, core);
              return c < 0 || (c == 0 && !i.highIn);
            });
  }

  Optional<VersionRange> intersect(VersionRange other) {
    List<Interval> common = new ArrayList<>();
    for (Interval a : intervals) {
      for (Interval b : other.intervals) {
        Interval both = a.intersect(b);
        if (!both.isEmpty()) {
          common.add(both);
        }
      }
    }
    return common.isEmpty() ? Optional.empty() : Optional.of(new VersionRange(common));
  }

  VersionRange union(VersionRange other) {
    List<Interval> all = new ArrayList<>(intervals);
    all.addAll(other.intervals);
    return new VersionRange(all);
  }

  /** As a version range specifier, {@code vers:generic/>=5|<6} (package-url/vers-spec). */
  public String toVers() {
    List<Interval> merged = merged();
    StringBuilder text = new StringBuilder("vers:generic/");
    if (merged.size() == 1 && merged.get(0).low == null && merged.get(0).high == null) {
      return text.append('*').toString();
    }
    String separator = "";
    for (Interval i : merged) {
      if (i.low != null && i.low.equals(i.high)) {
        text.append(separator).append(i.low);
        separator = "|";
        continue;
      }
      if (i.low != null) {
        text.append(separator).append(i.lowIn ? ">=" : ">").append(i.low);
        separator = "|";
      }
      if (i.high != null) {
        text.append(separator).append(i.highIn ? "<=" : "<").append(i.high);
        separator = "|";
      }
    }
    return text.toString();
  }

  /** Reads what {@link #toVers} writes, of any scheme; empty for exclusions and unreadable text. */
  public static Optional<VersionRange> fromVers(String vers) {
    int slash = vers == null ? -1 : vers.indexOf('/');
    if (slash < 0 || !vers.startsWith("vers:")) {
      return Optional.empty();
    }
    List<Interval> found = new ArrayList<>();
    String low = null;
    boolean lowIn = false;
    for (String part : vers.substring(slash + 1).split("\\|", -1)) {
      String constraint = part.strip();
      if (constraint.equals("*")) {
        return Optional.of(of(new Interval(null, false, null, false)));
      }
      int end = 0;
      while (end < constraint.length() && "<>=!".indexOf(constraint.charAt(end)) >= 0) {
        end++;
      }
      Optional<String> core = VersionText.core(constraint.substring(end));
      if (core.isEmpty()) {
        return Optional.empty();
      }
      switch (constraint.substring(0, end)) {
        case "", "=" -> found.add(new Interval(core.get(), true, core.get(), true));
        case ">", ">=" -> {
          if (low != null) {
            return Optional.empty();
          }
          low = core.get();
          lowIn = end == 2;
        }
        case "<", "<=" -> {
          found.add(new Interval(low, lowIn, core.get(), end == 2));
          low = null;
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    if (low != null) {
      found.add(new Interval(low, lowIn, null, false));
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(new VersionRange(found));
  }

  /** Sorted, overlapping ones joined: a version range specifier may not repeat a version. */
  private List<Interval> merged() {
    Comparator<Interval> byLow =
        (a, b) -> {
          if (a.low == null || b.low == null) {
            return Boolean.compare(a.low != null, b.low != null);
          }
          int c = SemverOrder.core(a.low, b.low);
          return c != 0 ? c : Boolean.compare(b.lowIn, a.lowIn);
        };
    List<Interval> sorted = new ArrayList<>(intervals);
    sorted.sort(byLow);
    List<Interval> merged = new ArrayList<>();
    for (Interval next : sorted) {
      Interval last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last == null || !touches(last, next)) {
        merged.add(next);
      } else if (!next.endsIn(last)) {
        merged.set(merged.size() - 1, new Interval(last.low, last.lowIn, next.high, next.highIn));
      }
    }
    return merged;
  }

  private static boolean touches(Interval last, Interval next) {
    if (last.high == null || next.low == null) {
      return true;
    }
    int c = SemverOrder.core(next.low, last.high);
    return c < 0 || (c == 0 && (next.lowIn || last.highIn));
  }

  /** Versions at the edges, for tests and tables. */
  TreeSet<String> edges() {
    TreeSet<String> edges = new TreeSet<>(SemverOrder::core);
    for (Interval i : intervals) {
      if (i.low != null) {
        edges.add(i.low);
      }
      if (i.high != null) {
        edges.add(i.high);
      }
    }
    return edges;
  }
}
