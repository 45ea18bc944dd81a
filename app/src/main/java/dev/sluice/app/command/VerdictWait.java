package dev.sluice.app.command;

import dev.sluice.app.client.Outlet;
import dev.sluice.app.client.Outlet.Scan;
import dev.sluice.app.client.Outlet.UnreachableException;
import dev.sluice.events.ScanVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Waits for the verdicts on scans that were just published, for so long over all of them. */
final class VerdictWait {
  private final Outlet outlet;
  private final Duration timeout;
  private final long deadline;
  private final Map<String, Set<String>> scans = new LinkedHashMap<>();
  private final List<ScanVerdict> verdicts = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();

  VerdictWait(Outlet outlet, Duration timeout) {
    this.outlet = outlet;
    this.timeout = timeout;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /** The verdict on a scan; null if none came. */
  ScanVerdict of(Scan scan) throws InterruptedException {
    scans.computeIfAbsent(scan.asset(), asset -> new LinkedHashSet<>()).add(scan.scanId());
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    try {
      ScanVerdict verdict = outlet.verdict(scan.scanId(), left).orElse(null);
      if (verdict == null) {
        troubles.add(
            "scan "
                + scan.scanId()
                + ": no verdict within "
                + timeout.toSeconds()
                + " s; nobody can know");
        return null;
      }
      verdict.setScanId(scan.scanId());
      verdict.setAsset(scan.asset());
      verdict.setScanner(scan.tool());
      verdicts.add(verdict);
      return verdict;
    } catch (UnreachableException e) {
      troubles.add("scan " + scan.scanId() + ": " + e.getMessage());
      return null;
    }
  }

  /** Ids of the scans that were waited for, by asset. */
  Map<String, Set<String>> scans() {
    return scans;
  }

  List<ScanVerdict> verdicts() {
    return verdicts;
  }

  /** Why verdicts are missing, for people. */
  List<String> troubles() {
    return troubles;
  }
}
