package dev.sluice.app.service;

import dev.sluice.app.feed.FeedFetcher;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.serde.AvroSerdes;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** All configured feeds. */
public final class FeedService implements Service {
  private final FeedFetcher feeds;

  private FeedService(FeedFetcher feeds) {
    this.feeds = feeds;
  }

  /**
   * Starts fetching them by the clock.
   *
   * @throws dev.sluice.app.CommandFailure if a feed has no address
   */
  public static FeedService start(
      SluiceSettings settings, AvroSerdes serdes, MeterRegistry metrics) {
    return new FeedService(
        FeedFetcher.start(
            settings.feeds(),
            settings.kafka(),
            serdes,
            settings.dataDir().toAbsolutePath().resolve("feeds"),
            metrics));
  }

  @Override
  public String name() {
    return "feeds";
  }

  /** An old feed shows in its metric; decisions go on. */
  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public Optional<String> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {
    feeds.close();
  }
}
