package dev.sluice.streams.rules.intel;

import dev.sluice.events.VulnerabilityIntel;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads feeds of one format as a stream. Stateless and safe for concurrent use. */
public interface IntelFormat {
  /** Name for people and for {@code --format}. */
  String id();

  /** Source under which its entries are kept: decisions ask for them by it. */
  String source();

  /** Whether a document lists all that its source says: what is missing in a newer one has gone. */
  boolean isWhole();

  /** Whether these first characters are of this format. */
  boolean recognises(String head);

  /**
   * Reads a document. Entries have no revision and no time of loading.
   *
   * @param document UTF-8, decompressed
   * @throws dev.sluice.streams.rules.document.DocumentException if it is not of the format: names
   *     the place
   * @throws IOException if the bytes cannot be had
   */
  void read(InputStream document, Consumer<VulnerabilityIntel> entries) throws IOException;
}
