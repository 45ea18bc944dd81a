package dev.sluice.producers.report;

import dev.sluice.events.Observation;
import java.io.IOException;

/** Takes what a reader finds, in the order of the report. */
public interface ReportHandler {
  /** A scan begins; ends the one before. A report of several runs or images has several. */
  void scan(ScanFacts facts) throws IOException;

  /** One claim of the current scan. The handler owns the record from now on. */
  void observation(Observation observation) throws IOException;

  /** Number of components the current scan looked at; a later call replaces an earlier one. */
  void componentsSeen(long count);

  /** Something the reader could not use; the rest of the report is read on. */
  void warning(ReadWarning warning);
}
