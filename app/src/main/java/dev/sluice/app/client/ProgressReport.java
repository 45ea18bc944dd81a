package dev.sluice.app.client;

import dev.sluice.producers.report.DigestingReport;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * A report that tells a terminal how much of it has been read: one line, written over some times a
 * second and wiped at the end. A report that is read within the first of these moments tells
 * nothing.
 */
public final class ProgressReport implements DigestingReport {
  private static final long STEP_NANOS = 200_000_000L;

  /** Goes to the start of the line and wipes it; see ECMA-48, EL. */
  private static final String WIPE = "\r\u001b[K";

  private final DigestingReport report;
  private final PrintStream terminal;
  private final LongSupplier nanos;
  private long next;
  private boolean told;

  /**
   * @param terminal a terminal that understands ANSI sequences
   * @param nanos clock that only counts up
   */
  public ProgressReport(DigestingReport report, PrintStream terminal, LongSupplier nanos) {
    this.report = report;
    this.terminal = terminal;
    this.nanos = nanos;
    this.next = nanos.getAsLong() + STEP_NANOS;
  }

  @Override
  public String name() {
    return report.name();
  }

  @Override
  public InputStream open() throws IOException {
    return new Counted(report.open());
  }

  @Override
  public void willReread() {
    report.willReread();
  }

  @Override
  public String digest() throws IOException {
    return report.digest();
  }

  @Override
  public String digestAhead() throws IOException {
    return report.digestAhead();
  }

  @Override
  public long bytes() throws IOException {
    return report.bytes();
  }

  @Override
  public void close() throws IOException {
    if (told) {
      terminal.print(WIPE);
      terminal.flush();
    }
    report.close();
  }

  private void tell(long read) {
    long now = nanos.getAsLong();
    if (now - next < 0) {
      return;
    }
    next = now + STEP_NANOS;
    told = true;
    terminal.print(
        WIPE + String.format(Locale.ROOT, "%s: %.1f MB", report.name(), read / 1_000_000.0));
    terminal.flush();
  }

  private final class Counted extends FilterInputStream {
    private long read;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int some = super.read(bytes, from, length);
      count(Math.max(0, some));
      return some;
    }

    private void count(int some) {
      read += some;
      tell(read);
    }
  }
}
