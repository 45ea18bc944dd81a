package dev.sluice.producers.report;

import java.io.Closeable;
import java.io.IOException;

/** A report that knows the digest and the size of its bytes as they came, before decompression. */
public interface DigestingReport extends Report, Closeable {
  /**
   * {@code sha256:} and 64 hex digits over the original bytes. Reads what nobody has read yet, so
   * call it after the reader is done.
   */
  String digest() throws IOException;

  /**
   * The digest if it can be had before the report is read: of a stream that ends within its first
   * 512 KiB, say. Otherwise null.
   */
  default String digestAhead() throws IOException {
    return null;
  }

  /** Number of original bytes; like {@link #digest}, to be asked after reading. */
  long bytes() throws IOException;

  /** Lets go of the source and of its spool file. */
  @Override
  void close() throws IOException;
}
