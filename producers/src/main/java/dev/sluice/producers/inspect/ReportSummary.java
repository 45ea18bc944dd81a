package dev.sluice.producers.inspect;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one report holds.
 *
 * @param file name of the report
 * @param tool scanner's name in lower case, of the first scan; null if the report is unreadable
 * @param format format id; null if it is unknown
 * @param observations number of observations; what was read before an error counts too. Those that
 *     say what is deployed count in {@code byKind} alone, for they are no claims of a problem
 * @param byKind observations by kind, in lower snake case: {@code vulnerable_package}
 * @param bySeverity observations by the scanner's own severity, in lower case, highest first
 * @param warnings what could not be used, with its place
 * @param error why the report is not usable; null if it is
 * @param scans the scans in it, in the order of the report
 */
public record ReportSummary(
    String file,
    String tool,
    String format,
    long observations,
    Map<String, Long> byKind,
    Map<String, Long> bySeverity,
    List<String> warnings,
    String error,
    List<Scan> scans) {
  /**
   * One scan.
   *
   * @param componentsSeen number of components looked at; null if the report does not say
   */
  public record Scan(
      String scanner,
      String scannerVersion,
      String asset,
      String version,
      String commit,
      Instant time,
      long observations,
      Long componentsSeen) {}

  public ReportSummary {
    byKind = Collections.unmodifiableMap(new LinkedHashMap<>(byKind));
    bySeverity = Collections.unmodifiableMap(new LinkedHashMap<>(bySeverity));
    warnings = List.copyOf(warnings);
    scans = List.copyOf(scans);
  }

  public boolean readable() {
    return error == null;
  }
}
