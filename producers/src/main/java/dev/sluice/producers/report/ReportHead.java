package dev.sluice.producers.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The first bytes of a report, decoded.
 *
 * @param text at most the first 64 Ki characters, without a byte order mark
 * @param truncated whether the report goes on behind them
 */
public record ReportHead(String text, boolean truncated) {
  /** How many characters a reader may look at to recognise its format. */
  public static final int LIMIT = 64 * 1024;

  /**
   * The head of a report, which can then be opened once more. What is not UTF-8 is shown as a
   * replacement character.
   *
   * @throws UnreadableReportException if the bytes cannot be decoded
   */
  public static ReportHead of(Report report) throws IOException, UnreadableReportException {
    byte[] bytes;
    boolean more;
    try (InputStream in = report.open()) {
      bytes = in.readNBytes(LIMIT);
      more = bytes.length == LIMIT && in.read() >= 0;
    } catch (BadInputException e) {
      throw new UnreadableReportException(report.name() + ": " + e.getMessage(), e);
    }
    String text =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE)
            .decode(ByteBuffer.wrap(bytes))
            .toString();
    return new ReportHead(text, more);
  }
}
