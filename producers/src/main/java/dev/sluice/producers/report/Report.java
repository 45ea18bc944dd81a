package dev.sluice.producers.report;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of one report. */
public interface Report {
  /** Name for people: a file name without directories, or {@code standard input}. */
  String name();

  /**
   * The bytes from the start, decompressed and without a byte order mark, as UTF-8. May be called
   * again: a source that cannot be re-read is spooled to an unlinked private file by its first
   * reading, if {@link #willReread} was called before that.
   */
  InputStream open() throws IOException;

  /** Announces that {@link #open} will be called more than once. Call it before the first. */
  void willReread();
}
