package dev.sluice.producers.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A stream that comes once. The first bytes are always kept, so that the format can be recognised
 * before it is known whether its reader reads twice; the others go to a spool file if somebody will
 * want them again. The file belongs to its owner alone and has no name while it is in use.
 */
final class StreamSource implements ByteSource {
  /** Bytes kept in memory: enough for the head of a report in any encoding. */
  static final int MEMORY = 512 * 1024;

  private final InputStream in;
  private final Path spoolDirectory;
  private final MessageDigest digest = Digests.sha256();
  private final byte[] memory = new byte[MEMORY];
  private FileChannel spool;
  private long received;
  private boolean ended;
  private boolean keep;
  private boolean forgotten;
  private String sha256;

  StreamSource(InputStream in, Path spoolDirectory) {
    this.in = in;
    this.spoolDirectory = spoolDirectory;
  }

  @Override
  public void willReread() {
    keep = true;
  }

  @Override
  public InputStream open() throws IOException {
    if (forgotten) {
      throw new IOException("the report came as a stream and was not kept for a second reading");
    }
    return new Reading();
  }

  @Override
  public String sha256() throws IOException {
    drain();
    if (sha256 == null) {
      sha256 = HexFormat.of().formatHex(digest.digest());
    }
    return sha256;
  }

  @Override
  public String sha256Ahead() throws IOException {
    byte[] buffer = new byte[32 * 1024];
    while (!ended && received < MEMORY) {
      int unused = receive(buffer, 0, (int) Math.min(buffer.length, MEMORY - received));
    }
    return ended ? sha256() : null;
  }

  @Override
  public long bytes() throws IOException {
    drain();
    return received;
  }

  @Override
  public void close() throws IOException {
    try (InputStream closedLast = in) {
      if (spool != null) {
        spool.close();
      }
    }
  }

  private void drain() throws IOException {
    byte[] buffer = new byte[32 * 1024];
    while (!ended) {
      int unused = receive(buffer, 0, buffer.length);
    }
  }

  /** Takes the next bytes from the stream; -1 at its end. */
  private int receive(byte[] buffer, int offset, int length) throws IOException {
    int n = ended ? -1 : in.read(buffer, offset, length);
    if (n < 0) {
      ended = true;
      return -1;
    }
    digest.update(buffer, offset, n);
    int toMemory = (int) Math.max(0, Math.min(n, MEMORY - received));
    System.arraycopy(buffer, offset, memory, (int) Math.min(received, MEMORY), toMemory);
    if (toMemory < n) {
      if (keep && !forgotten) {
        append(ByteBuffer.wrap(buffer, offset + toMemory, n - toMemory));
      } else {
        forgotten = true;
      }
    }
    received += n;
    return n;
  }

  private void append(ByteBuffer bytes) throws IOException {
    if (spool == null) {
      spool = SpoolFile.open(spoolDirectory);
    }
    long position = spool.size();
    while (bytes.hasRemaining()) {
      position += spool.write(bytes, position);
    }
  }

  /** One reading from the start: first what was received before, then the stream itself. */
  private final class Reading extends InputStream {
    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int n = read(one, 0, 1);
      return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int n;
      if (position >= received) {
        n = receive(buffer, offset, length);
      } else if (position < MEMORY) {
        n = (int) Math.min(length, Math.min(received, MEMORY) - position);
        System.arraycopy(memory, (int) position, buffer, offset, n);
      } else if (spool == null || forgotten) {
        throw new IOException("the report came as a stream and was not kept");
      } else {
        n = spool.read(ByteBuffer.wrap(buffer, offset, length), position - MEMORY);
      }
      position += Math.max(0, n);
      return n;
    }
  }
}
