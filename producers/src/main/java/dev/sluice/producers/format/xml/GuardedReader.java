package dev.sluice.producers.format.xml;

import dev.sluice.producers.report.BadInputException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Refuses a name, an attribute or a comment that goes on without end: between two events the parser
 * holds in memory whatever it reads.
 */
final class GuardedReader extends FilterReader {
  private static final long MOST = 8L << 20;
  private long since;

  GuardedReader(Reader in) {
    super(in);
  }

  /** An event has come: counting begins anew. */
  @Override
  public void reset() {
    since = 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public int read() throws IOException {
    int c = in.read();
    count(c < 0 ? 0 : 1);
    return c;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int n = in.read(buffer, offset, length);
    count(Math.max(0, n));
    return n;
  }

  private void count(int n) throws IOException {
    since += n;
    if (since > MOST) {
      throw new BadInputException(
          "holds a name, an attribute or a comment of over 8 Mi characters");
    }
  }
}
