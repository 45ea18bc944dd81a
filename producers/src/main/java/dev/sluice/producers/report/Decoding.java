package dev.sluice.producers.report;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** From the original bytes to UTF-8 without a byte order mark. */
final class Decoding {
  private static final int BUFFER = 16 * 1024;

  private Decoding() {}

  static InputStream decode(InputStream original, InputLimits limits) throws IOException {
    CountingStream counted = new CountingStream(original);
    try {
      BufferedInputStream raw = new BufferedInputStream(counted, BUFFER);
      byte[] magic = peek(raw, 2);
      boolean gzip = magic.length == 2 && magic[0] == 0x1f && (magic[1] & 0xff) == 0x8b;
      InputStream plain = gzip ? new Inflated(raw) : raw;
      return text(new Guarded(plain, counted, gzip, limits));
    } catch (IOException | RuntimeException e) {
      original.close();
      throw e;
    }
  }

  /**
   * JSON in UTF-16 and UTF-32 shows by its byte order mark, or without one by where the zeros of
   * its first character are (RFC 4627, section 3).
   */
  private static InputStream text(InputStream plain) throws IOException {
    BufferedInputStream in = new BufferedInputStream(plain, BUFFER);
    byte[] b = peek(in, 4);
    int mark = 0;
    Charset charset = StandardCharsets.UTF_8;
    if (starts(b, 0xef, 0xbb, 0xbf)) {
      mark = 3;
    } else if (starts(b, 0xff, 0xfe, 0, 0) || starts(b, 0, 0, 0xfe, 0xff)) {
      mark = 4;
      charset = Charset.forName(b[0] == 0 ? "UTF-32BE" : "UTF-32LE");
    } else if (starts(b, 0xff, 0xfe) || starts(b, 0xfe, 0xff)) {
      mark = 2;
      charset = (b[0] & 0xff) == 0xff ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    } else if (b.length >= 2 && b[0] == 0 && b[1] != 0) {
      charset = StandardCharsets.UTF_16BE;
    } else if (b.length >= 2 && b[0] != 0 && b[1] == 0) {
      boolean wide = b.length == 4 && b[2] == 0 && b[3] == 0;
      charset = wide ? Charset.forName("UTF-32LE") : StandardCharsets.UTF_16LE;
    } else if (b.length == 4 && b[0] == 0 && b[1] == 0 && b[2] == 0 && b[3] != 0) {
      charset = Charset.forName("UTF-32BE");
    }
    in.skipNBytes(mark);
    return charset.equals(StandardCharsets.UTF_8) ? in : new Utf8Stream(in, charset);
  }

  private static boolean starts(byte[] bytes, int... expected) {
    if (bytes.length < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((bytes[i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] peek(BufferedInputStream in, int count) throws IOException {
    in.mark(count);
    byte[] bytes = in.readNBytes(count);
    in.reset();
    return bytes;
  }

  /** Counts what was taken from the original stream. */
  private static final class CountingStream extends FilterInputStream {
    private long count;

    CountingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      count += Math.max(0, n);
      return n;
    }
  }

  /** Says in plain words what is wrong with compressed bytes. */
  private static final class Inflated extends FilterInputStream {
    Inflated(InputStream in) throws IOException {
      super(open(in));
    }

    private static InputStream open(InputStream in) throws IOException {
      try {
        return new GZIPInputStream(in, BUFFER);
      } catch (EOFException | ZipException e) {
        throw broken(e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (EOFException | ZipException e) {
        throw broken(e);
      }
    }

    private static BadInputException broken(IOException e) {
      return new BadInputException(
          e instanceof EOFException
              ? "the gzip data ends early: the file is cut off; send it again"
              : "the gzip data is damaged; compress and send it again",
          e);
    }
  }

  /** Refuses what grows too large while it is decompressed. */
  private static final class Guarded extends FilterInputStream {
    private final CountingStream original;
    private final boolean compressed;
    private final InputLimits limits;
    private long count;

    Guarded(InputStream in, CountingStream original, boolean compressed, InputLimits limits) {
      super(in);
      this.original = original;
      this.compressed = compressed;
      this.limits = limits;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int n = read(one, 0, 1);
      return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      count += Math.max(0, n);
      if (count > limits.maxBytes()) {
        throw BadInputException.tooLarge(
            "the report is larger than "
                + limits.maxBytes()
                + " bytes"
                + (compressed ? " when decompressed" : "")
                + "; split the scan or raise the limit");
      }
      if (compressed
          && count > limits.ratioFromBytes()
          && count / Math.max(1, original.count) > limits.maxRatio()) {
        throw BadInputException.tooLarge(
            "the gzip data grows to more than "
                + limits.maxRatio()
                + " times its size, as a decompression bomb does; send the report uncompressed");
      }
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      return readNBytes((int) Math.min(n, BUFFER)).length;
    }
  }
}
