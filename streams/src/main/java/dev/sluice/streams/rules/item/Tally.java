package dev.sluice.streams.rules.item;

import dev.sluice.events.Finding;
import dev.sluice.events.LineFix;
import dev.sluice.events.LineState;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the findings of a baseline come to, counted as they join and leave, so that one of 200,000
 * that changes costs what one of ten does. Its size is that of what there is to tell apart
 * (severities, scanners, release lines, days on which something is due), not of the findings.
 */
public final class Tally {
  private static final String ALL = "all";
  private static final String EXPLOITED = "exploited";
  private static final String SEVERITY = "severity:";
  private static final String SCANNER = "scanner:";
  private static final String LINE = "line:";
  private static final String PRESENT = "present:";
  private static final String DUE = "due:";
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final Map<String, Long> counts;
  private Long firstSeen;

  /**
   * @param counts from {@link #counts()}; empty to begin with
   * @param firstSeen milliseconds, or null
   */
  public Tally(Map<String, Long> counts, Long firstSeen) {
    this.counts = new HashMap<>(counts);
    this.firstSeen = firstSeen;
  }

  public void join(Finding finding) {
    count(finding, 1);
    if (finding.getFirstSeen() != null) {
      long seen = finding.getFirstSeen().toEpochMilli();
      firstSeen = firstSeen == null ? seen : Math.min(firstSeen, seen);
    }
  }

  /** Takes a finding out, as it was when it joined. */
  public void leave(Finding finding) {
    count(finding, -1);
  }

  private void count(Finding finding, int more) {
    add(ALL, more);
    if (finding.getKnownExploited()) {
      add(EXPLOITED, more);
    }
    add(SEVERITY + finding.getSeverity(), more);
    finding.getScanners().forEach(scanner -> add(SCANNER + scanner, more));
    for (LineState line : finding.getLines()) {
      add(LINE + line.getSupport() + ':' + line.getLine(), more);
      if (line.getPresent()) {
        add(PRESENT + line.getLine(), more);
      }
    }
    if (finding.getDue() != null) {
      // By days, because each slice of a scan has a time of its own.
      add(DUE + Math.floorDiv(finding.getDue().toEpochMilli() + DAY - 1, DAY), more);
    }
  }

  private void add(String what, int more) {
    counts.merge(what, (long) more, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
  }

  public Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  public Long firstSeen() {
    return firstSeen;
  }

  long findings() {
    return counts.getOrDefault(ALL, 0L);
  }

  long exploited() {
    return counts.getOrDefault(EXPLOITED, 0L);
  }

  long of(Severity severity) {
    return counts.getOrDefault(SEVERITY + severity, 0L);
  }

  Severity worst() {
    return named(SEVERITY).map(Severity::valueOf).max(Severity::compareTo).orElseThrow();
  }

  List<String> scanners() {
    return named(SCANNER).sorted().toList();
  }

  /** The end of the last day on which one of them is due, UTC; null if none ever is. */
  Instant due() {
    return named(DUE)
        .map(Long::valueOf)
        .max(Long::compareTo)
        .map(day -> Instant.ofEpochMilli(day * DAY))
        .orElse(null);
  }

  /** Release lines by name; versions differ by package, and are not said. */
  List<LineFix> lines() {
    TreeMap<String, Support> lines = new TreeMap<>();
    named(LINE)
        .sorted()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              lines.put(line.substring(colon + 1), Support.valueOf(line.substring(0, colon)));
            });
    return lines.entrySet().stream()
        .map(
            line ->
                LineFix.newBuilder()
                    .setLine(line.getKey())
                    .setSupport(line.getValue())
                    .setResolved(!counts.containsKey(PRESENT + line.getKey()))
                    .build())
        .toList();
  }

  private Stream<String> named(String prefix) {
    return counts.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()));
  }
}
