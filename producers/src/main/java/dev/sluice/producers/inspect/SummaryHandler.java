package dev.sluice.producers.inspect;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.Severity;
import dev.sluice.producers.report.ReadWarning;
import dev.sluice.producers.report.ReportHandler;
import dev.sluice.producers.report.ScanFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts and forgets. */
final class SummaryHandler implements ReportHandler {
  private static final int MAX_SCANS = 1_000;

  private final long[] kinds = new long[FindingKind.values().length];
  private final long[] severities = new long[Severity.values().length];
  private final List<String> warnings = new ArrayList<>();
  private final List<ReportSummary.Scan> scans = new ArrayList<>();
  private String tool;
  private ScanFacts current;
  private long observations;
  private long ofScan;
  private Long components;

  @Override
  public void scan(ScanFacts facts) {
    endScan();
    current = facts;
    tool = tool == null ? facts.scanner().getName() : tool;
  }

  @Override
  public void observation(Observation observation) {
    kinds[observation.getKind().ordinal()]++;
    if (observation.getKind() == FindingKind.DEPLOYMENT) {
      // It says what runs; it is no claim that something is wrong.
      return;
    }
    observations++;
    ofScan++;
    Severity severity =
        observation.getRatings().isEmpty()
            ? Severity.UNKNOWN
            : observation.getRatings().get(0).getSeverity();
    severities[severity.ordinal()]++;
  }

  @Override
  public void componentsSeen(long count) {
    components = count;
  }

  @Override
  public void warning(ReadWarning warning) {
    warnings.add(warning.toString());
  }

  private void endScan() {
    if (current != null && scans.size() < MAX_SCANS) {
      scans.add(
          new ReportSummary.Scan(
              current.scanner().getName(),
              current.scanner().getVersion(),
              current.asset(),
              current.version(),
              current.commit(),
              current.time(),
              ofScan,
              components));
    }
    current = null;
    ofScan = 0;
    components = null;
  }

  ReportSummary summary(String file, String format, String error) {
    endScan();
    Map<String, Long> byKind = new LinkedHashMap<>();
    for (FindingKind kind : FindingKind.values()) {
      if (kinds[kind.ordinal()] > 0) {
        byKind.put(kind.name().toLowerCase(Locale.ROOT), kinds[kind.ordinal()]);
      }
    }
    Map<String, Long> bySeverity = new LinkedHashMap<>();
    for (int i = severities.length - 1; i >= 0; i--) {
      if (severities[i] > 0) {
        bySeverity.put(Severity.values()[i].name().toLowerCase(Locale.ROOT), severities[i]);
      }
    }
    return new ReportSummary(
        file, tool, format, observations, byKind, bySeverity, warnings, error, scans);
  }

  static ReportSummary failed(String file, String error) {
    return new ReportSummary(file, null, null, 0, Map.of(), Map.of(), List.of(), error, List.of());
  }
}
