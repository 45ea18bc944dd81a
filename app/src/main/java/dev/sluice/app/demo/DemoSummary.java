package dev.sluice.app.demo;

import java.util.List;
import java.util.Map;

/**
 * What the demo shows, as {@code --json} prints it. Every figure is read from topics.
 *
 * @param observations what all scans claimed, repeats too
 * @param findings problems that are left of them
 * @param actionItems pieces of work that are open
 * @param withheld findings that are nobody's work, by reason
 * @param seconds from the start of the process to this summary
 */
record DemoSummary(
    List<Report> reports,
    long observations,
    long findings,
    long actionItems,
    Duplicates duplicates,
    Map<String, Long> withheld,
    List<Item> items,
    double seconds) {

  /** A report that was published, from its verdict. */
  record Report(
      String file,
      String tool,
      String format,
      long observations,
      String outcome,
      String completeness,
      String shows) {}

  /**
   * What was said more than once.
   *
   * @param acrossScanners observations that joined a finding of another observation
   * @param acrossRuns observations that an earlier scan of the series had made
   */
  record Duplicates(long acrossScanners, long acrossRuns) {}

  /**
   * A piece of work.
   *
   * @param target package, or file and line
   * @param fixedVersion version that settles all of it; null where there is none
   * @param due ISO date and time
   */
  record Item(
      String id,
      String asset,
      String kind,
      String severity,
      boolean knownExploited,
      String title,
      String target,
      String fixedVersion,
      List<Line> lines,
      String due,
      List<Problem> findings,
      List<String> scanners,
      String reason) {}

  /** A release line that an item is about. */
  record Line(String line, String support, List<String> installed, String fixedVersion) {}

  /** A finding of an item. */
  record Problem(String id, String severity, List<String> scanners) {}
}
