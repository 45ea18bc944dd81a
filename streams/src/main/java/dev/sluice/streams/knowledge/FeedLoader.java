package dev.sluice.streams.knowledge;

import dev.sluice.events.VulnerabilityIntel;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings the topic to what a feed says: writes what is new or changed, takes away what was
 * delisted, and leaves the rest. A document is read to its end before anything is written, so that
 * one that is broken or too small changes nothing.
 */
public final class FeedLoader {
  /** A whole feed that lost more than this share of its entries is not believed. */
  static final double MOST_LOST = 0.20;

  /** Fewer lost entries than this are believed whatever the share. */
  static final int ALWAYS_BELIEVED = 5;

  private final KafkaSettings kafka;
  private final AvroSerdes serdes;
  private final KnowledgePublisher publisher;

  public FeedLoader(KafkaSettings kafka, AvroSerdes serdes, KnowledgePublisher publisher) {
    this.kafka = kafka;
    this.serdes = serdes;
    this.publisher = publisher;
  }

  /**
   * Loads a feed.
   *
   * @param believeLoss whether to load it even if it lost many of its entries
   * @throws dev.sluice.streams.rules.document.DocumentException if it is not of its format
   * @throws FeedRefusedException if it shrank by more than a fifth, or lists nothing
   * @throws IOException if it cannot be read
   */
  public FeedResult load(FeedDocument document, boolean believeLoss) throws IOException {
    KnownEntries known = KnownEntries.read(kafka, serdes, document.source());
    long[] counts = new long[KnownEntries.Difference.values().length];
    read(document, entry -> counts[known.compare(entry).ordinal()]++);
    long entries = 0;
    for (KnownEntries.Difference difference : KnownEntries.Difference.values()) {
      entries += difference == KnownEntries.Difference.REPEATED ? 0 : counts[difference.ordinal()];
    }
    List<String> missing = document.format().isWhole() ? known.missing() : List.of();
    if (!believeLoss) {
      refuseLoss(document.source(), entries, known.size(), missing.size());
    }
    FeedResult result =
        new FeedResult(
            document.source(),
            entries,
            counts[KnownEntries.Difference.NEW.ordinal()],
            counts[KnownEntries.Difference.CHANGED.ordinal()],
            missing.size());
    write(document, known, missing, result);
    return result;
  }

  private static void refuseLoss(String source, long entries, int known, int missing) {
    String remedy =
        " Nothing was loaded; what was loaded before stays in force. If it is right all the same,"
            + " load it with --believe-loss.";
    if (entries == 0) {
      throw new FeedRefusedException(source + " lists nothing." + remedy);
    }
    if (missing > ALWAYS_BELIEVED && missing > known * MOST_LOST) {
      throw new FeedRefusedException(
          source + " lost " + missing + " of its " + known + " entries." + remedy);
    }
  }

  private void write(
      FeedDocument document, KnownEntries known, List<String> missing, FeedResult result)
      throws IOException {
    try (IntelLoad load = publisher.intel(document.source())) {
      if (result.isNews()) {
        known.rewind();
        read(
            document,
            entry -> {
              switch (known.compare(entry)) {
                case NEW, CHANGED -> load.put(entry);
                case SAME, REPEATED -> {
                  // The topic says so already.
                }
              }
            });
        missing.forEach(load::remove);
      }
      load.announce(known.isBrokenOff());
    }
  }

  private static void read(FeedDocument document, Consumer<VulnerabilityIntel> entries)
      throws IOException {
    try (InputStream in = document.bytes().open()) {
      document.format().read(in, entries);
    }
  }
}
