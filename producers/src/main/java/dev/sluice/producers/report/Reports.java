package dev.sluice.producers.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where reports come from. */
public final class Reports {
  private Reports() {}

  /** A file with the default limits. */
  public static DigestingReport ofFile(Path file) throws IOException {
    return ofFile(file, InputLimits.DEFAULT);
  }

  /**
   * A file, gzip or not, in UTF-8, UTF-16 or UTF-32. A pipe or device is read as a stream.
   *
   * @throws NoSuchFileException if there is no such file
   * @throws IOException if it is a directory or may not be read
   */
  public static DigestingReport ofFile(Path file, InputLimits limits) throws IOException {
    return ofFile(file, limits, true);
  }

  /**
   * As {@link #ofFile(Path)}, for whom only the content matters: a digest costs as much as half of
   * the reading. It can still be asked for, at the price of one more reading.
   */
  public static DigestingReport ofFileWithoutDigest(Path file) throws IOException {
    return ofFile(file, InputLimits.DEFAULT, false);
  }

  private static DigestingReport ofFile(Path file, InputLimits limits, boolean digested)
      throws IOException {
    String name = file.getFileName() == null ? file.toString() : file.getFileName().toString();
    if (Files.isDirectory(file)) {
      throw new IOException(name + " is a directory; name the report in it");
    }
    if (!Files.exists(file)) {
      throw new NoSuchFileException(name, null, "no such file");
    }
    if (!Files.isReadable(file)) {
      throw new IOException(name + " may not be read; check its permissions");
    }
    if (!Files.isRegularFile(file)) {
      return ofStream(name, Files.newInputStream(file), limits, SpoolFile.defaultDirectory());
    }
    return new SourcedReport(name, new FileSource(file, digested), limits);
  }

  /** A stream with the default limits, spooled to the system's directory for temporary files. */
  public static DigestingReport ofStream(String name, InputStream in) {
    return ofStream(name, in, InputLimits.DEFAULT, SpoolFile.defaultDirectory());
  }

  /**
   * A stream that can be read once: standard input, a request body. Its first 512 KiB stay in
   * memory; the rest is kept, in a private file in {@code spoolDirectory} that is unlinked as soon
   * as it is open, only after {@link Report#willReread}.
   *
   * @param name name for people
   */
  public static DigestingReport ofStream(
      String name, InputStream in, InputLimits limits, Path spoolDirectory) {
    return new SourcedReport(name, new StreamSource(in, spoolDirectory), limits);
  }
}
