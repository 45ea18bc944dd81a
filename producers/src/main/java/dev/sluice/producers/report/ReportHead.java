package dev.sluice.producers.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** The first bytes of a report, decoded. */
public final class ReportHead {
  /** How many characters a reader may look at to recognise its format. */
  public static final int LIMIT = 64 * 1024;

  private final String text;
  private final boolean truncated;
  private Object view;

  /**
   * @param text at most the first 64 Ki characters, without a byte order mark
   * @param truncated whether the report goes on behind them
   */
  public ReportHead(String text, boolean truncated) {
    this.text = text;
    this.truncated = truncated;
  }

  /** At most the first 64 Ki characters, without a byte order mark. */
  public String text() {
    return text;
  }

  /** Whether the report goes on behind them. */
  public boolean truncated() {
    return truncated;
  }

  /**
   * The head as all readers look at it: made once, for each of them asks. The last view is kept.
   *
   * @param type what the view is
   * @param maker makes it
   */
  public <T> T seenAs(Class<T> type, Function<ReportHead, T> maker) {
    if (!type.isInstance(view)) {
      view = maker.apply(this);
    }
    return type.cast(view);
  }

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
