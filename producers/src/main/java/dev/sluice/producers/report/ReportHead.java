package dev.sluice.producers.report;

/**
 * The first bytes of a report, decoded.
 *
 * @param text at most the first 64 Ki characters, without a byte order mark
 * @param truncated whether the report goes on behind them
 */
public record ReportHead(String text, boolean truncated) {
  /** How many characters a reader may look at to recognise its format. */
  public static final int LIMIT = 64 * 1024;
}
