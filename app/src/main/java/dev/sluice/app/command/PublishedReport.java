package dev.sluice.app.command;

import dev.sluice.app.client.Outlet.Scan;
import dev.sluice.app.client.Verdict;
import dev.sluice.app.text.TextTable;
import dev.sluice.events.ScanVerdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A report and what became of it, as {@code --json} prints it. */
record PublishedReport(String file, String error, List<PublishedScan> scans) {
  /** A scan of a report; the verdict is null without {@code --wait} and where none came. */
  record PublishedScan(
      String scanId,
      String asset,
      String version,
      String tool,
      String format,
      long observations,
      List<String> warnings,
      Verdict verdict) {}

  /** One line for people. */
  static String line(String file, Scan scan, ScanVerdict verdict) {
    StringBuilder text = new StringBuilder(file).append(": ").append(scan.asset());
    if (scan.version() != null) {
      text.append(' ').append(scan.version());
    }
    text.append(", ").append(scan.tool()).append(", ").append(scan.observations());
    text.append(scan.observations() == 1 ? " observation" : " observations");
    text.append(scan.repeated() ? ", published before" : "");
    text.append(", scan ").append(scan.scanId());
    if (verdict != null) {
      text.append(": ")
          .append(verdict.getOutcome().name().toLowerCase(Locale.ROOT).replace('_', ' '));
      if (!verdict.getReason().isEmpty()) {
        text.append(", ").append(verdict.getReason());
      }
    }
    return TextTable.plain(text);
  }

  /** With its verdict, or null. */
  static PublishedScan scan(Scan scan, ScanVerdict verdict) {
    return new PublishedScan(
        scan.scanId(),
        scan.asset(),
        scan.version(),
        scan.tool(),
        scan.format(),
        scan.observations(),
        scan.warnings(),
        verdict == null ? null : Verdict.of(verdict));
  }

  /** One failure among many lines is overlooked; the files are where they were. */
  static Optional<String> left(List<PublishedReport> results) {
    List<String> left =
        results.stream()
            .filter(result -> result.error() != null)
            .map(PublishedReport::file)
            .toList();
    return left.isEmpty() || results.size() < 2
        ? Optional.empty()
        : Optional.of(
            TextTable.plain(
                left.size()
                    + " of "
                    + results.size()
                    + " reports were not published: "
                    + String.join(", ", left)));
  }
}
