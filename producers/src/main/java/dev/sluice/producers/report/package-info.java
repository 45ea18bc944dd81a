/**
 * What a scanner's report is to Sluice: bytes in one format, read as a stream into facts about the
 * scan and observations. A new format is one {@link dev.sluice.producers.report.ScanReader}, one
 * test, one sample and one line in {@link dev.sluice.producers.format.Formats}.
 */
package dev.sluice.producers.report;
