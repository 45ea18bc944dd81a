package dev.sluice.producers.report;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A regular file: opened anew for each reading, digested in the first complete one if wanted. */
final class FileSource implements ByteSource {
  private final Path file;
  private final long size;
  private final FileTime modified;
  private final boolean digested;
  private String sha256;

  /**
   * @param digested whether the first complete reading leaves the digest behind
   */
  FileSource(Path file, boolean digested) throws IOException {
    this.file = file;
    this.digested = digested;
    this.size = Files.size(file);
    this.modified = Files.getLastModifiedTime(file);
  }

  @Override
  public InputStream open() throws IOException {
    if (Files.size(file) != size || !Files.getLastModifiedTime(file).equals(modified)) {
      throw new BadInputException("the file changed while it was read; read it again");
    }
    InputStream in = Files.newInputStream(file);
    return digested && sha256 == null ? new DigestingStream(in) : in;
  }

  @Override
  public void willReread() {
    // A file can be opened as often as one likes.
  }

  @Override
  public String sha256() throws IOException {
    if (sha256 == null) {
      try (InputStream in = new DigestingStream(Files.newInputStream(file))) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
    }
    return sha256;
  }

  @Override
  public long bytes() {
    return size;
  }

  @Override
  public void close() {
    // Each stream is closed by whoever opened it.
  }

  /** Leaves the digest behind when its end is reached. */
  private final class DigestingStream extends FilterInputStream {
    private final MessageDigest digest = Digests.sha256();

    DigestingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        digest.update((byte) b);
      } else {
        finish();
      }
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      if (n > 0) {
        digest.update(buffer, offset, n);
      } else if (n < 0) {
        finish();
      }
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      throw new UnsupportedOperationException("every byte counts");
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private void finish() {
      if (sha256 == null) {
        sha256 = HexFormat.of().formatHex(digest.digest());
      }
    }
  }
}
