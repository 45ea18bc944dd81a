package dev.sluice.producers.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * A request's body within its limits. Knows why it ended, whatever the one who reads it makes of
 * the exception. For one thread.
 */
final class UploadStream extends InputStream {
  /** Why the body did not reach its end. */
  enum Trouble {
    NONE,
    TOO_LARGE,
    TOO_SLOW,
    CUT_OFF
  }

  private final InputStream in;
  private final long maxBytes;
  private final Duration longest;
  private final Duration grace;
  private final long minBytesPerSecond;
  private final LongSupplier nanos;
  private final long start;
  private long count;
  private boolean ended;
  private Trouble trouble = Trouble.NONE;

  UploadStream(InputStream in, GatewaySettings settings, long maxBytes, LongSupplier nanos) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.longest = settings.uploadTimeout();
    this.grace = settings.idleTimeout();
    this.minBytesPerSecond = settings.minBytesPerSecond();
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  Trouble trouble() {
    return trouble;
  }

  /** Bytes that it may have. */
  long most() {
    return maxBytes;
  }

  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int n = read(one, 0, 1);
    return n < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (trouble != Trouble.NONE) {
      throw new IOException("the upload has ended");
    }
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    int n = receive(buffer, offset, length);
    if (n < 0) {
      ended = true;
      return -1;
    }
    count += n;
    if (count > maxBytes) {
      throw fail(Trouble.TOO_LARGE, null);
    }
    checkPace();
    return n;
  }

  private int receive(byte[] buffer, int offset, int length) throws IOException {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException | RuntimeException e) {
      // Jetty reports a broken message as an unchecked exception.
      throw fail(isTimeout(e) ? Trouble.TOO_SLOW : Trouble.CUT_OFF, e);
    }
  }

  /** Reads on and throws away, so that a client that still sends gets to see the answer. */
  void discard(long most) {
    byte[] buffer = new byte[16 * 1024];
    try {
      for (long left = most; left > 0 && !ended; ) {
        int n = in.read(buffer);
        ended = n < 0;
        left -= Math.max(0, n);
        checkPace();
      }
    } catch (IOException | RuntimeException e) {
      // Nobody is there to be answered.
      ended = true;
    }
  }

  private void checkPace() throws IOException {
    Duration taken = Duration.ofNanos(nanos.getAsLong() - start);
    boolean late = taken.compareTo(longest) > 0;
    boolean slow =
        taken.compareTo(grace) > 0 && count < minBytesPerSecond * Math.max(1, taken.toSeconds());
    if (late || slow) {
      throw fail(Trouble.TOO_SLOW, null);
    }
  }

  private IOException fail(Trouble why, Exception cause) {
    trouble = why;
    return new IOException("the upload has ended", cause);
  }

  private static boolean isTimeout(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }
}
