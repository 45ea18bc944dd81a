package dev.sluice.producers.report;

import java.io.IOException;

/**
 * Reads reports of one format as a stream; never holds the document. Stateless and safe for
 * concurrent use: whatever a reading needs is local to {@link #read}.
 */
public interface ScanReader {
  ReportFormat format();

  /** Whether these first bytes are of this format. No two readers may claim the same bytes. */
  boolean recognises(ReportHead head);

  /**
   * Reads the report. {@link ReportHandler#scan} is called before the observations of that scan. A
   * reader whose format states facts or rules after the results opens the report twice.
   *
   * @throws UnreadableReportException if the bytes are not a usable report: says where and why
   * @throws IOException if the bytes cannot be had, or the handler could not pass an event on
   */
  void read(Report report, ReportHandler handler) throws IOException, UnreadableReportException;
}
