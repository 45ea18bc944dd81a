package dev.sluice.producers.report;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** The original bytes of a report, wherever they come from. */
interface ByteSource extends Closeable {
  /** From the start; counts and digests what is read for the first time. */
  InputStream open() throws IOException;

  /** Announces that {@link #open} is called again after more than the first bytes were read. */
  void willReread();

  /** SHA-256 over all bytes, hex; reads the rest first. */
  String sha256() throws IOException;

  /** SHA-256 over all bytes, hex, if nothing must be read twice for it; null otherwise. */
  default String sha256Ahead() throws IOException {
    return null;
  }

  /** Number of all bytes; reads the rest first. */
  long bytes() throws IOException;
}
