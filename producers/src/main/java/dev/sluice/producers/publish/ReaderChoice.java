package dev.sluice.producers.publish;

import dev.sluice.producers.report.Report;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;

/** Finds the reader of a report. */
@FunctionalInterface
public interface ReaderChoice {
  /**
   * @param report the report, not opened yet
   * @param format id of the format that the publisher named, or null to recognise it by content
   * @param checkoutRoot directory the code was checked out into, or null
   * @throws UnreadableReportException if no reader knows the format
   * @throws IOException if the bytes cannot be had
   */
  ScanReader choose(Report report, String format, String checkoutRoot)
      throws IOException, UnreadableReportException;
}
