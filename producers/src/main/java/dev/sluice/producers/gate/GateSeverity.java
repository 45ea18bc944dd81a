package dev.sluice.producers.gate;

import dev.sluice.events.Severity;
import dev.sluice.events.SeverityCounts;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Counts by severity, the worst first. */
final class GateSeverity {
  private GateSeverity() {}

  static Map<String, Long> counts(SeverityCounts counts) {
    Map<String, Long> named = new LinkedHashMap<>();
    named.put("critical", (long) counts.getCritical());
    named.put("high", (long) counts.getHigh());
    named.put("medium", (long) counts.getMedium());
    named.put("low", (long) counts.getLow());
    named.put("negligible", (long) counts.getNegligible());
    named.put("unknown", (long) counts.getUnknown());
    return named;
  }

  /** How many are as bad, or worse. */
  static long atLeast(Severity severity, SeverityCounts counts) {
    long sum = 0;
    for (Map.Entry<String, Long> each : counts(counts).entrySet()) {
      if (rank(each.getKey()) >= severity.ordinal()) {
        sum += each.getValue();
      }
    }
    return sum;
  }

  /** The higher, the worse; a severity that nobody knows is behind all that are known. */
  static int rank(String name) {
    try {
      return Severity.valueOf(name.toUpperCase(Locale.ROOT)).ordinal();
    } catch (IllegalArgumentException e) {
      return Severity.UNKNOWN.ordinal();
    }
  }
}
