package dev.sluice.streams.knowledge;

import dev.sluice.streams.rules.intel.IntelFormat;
import java.io.IOException;
import java.io.InputStream;

/**
 * One feed to load.
 *
 * @param bytes UTF-8, decompressed; opened more than once
 */
public record FeedDocument(IntelFormat format, Bytes bytes) {
  /** Source under which its entries are kept. */
  public String source() {
    return format.source();
  }

  /** Opens the document at its beginning. */
  @FunctionalInterface
  public interface Bytes {
    InputStream open() throws IOException;
  }
}
