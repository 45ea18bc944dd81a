package dev.sluice.app.feed;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.streams.knowledge.FeedLoader;
import dev.sluice.streams.knowledge.FeedRefusedException;
import dev.sluice.streams.knowledge.FeedResult;
import dev.sluice.streams.knowledge.KnowledgePublisher;
import dev.sluice.streams.rules.document.DocumentException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads feeds by the clock, one after the other. A feed that fails is tried again soon. */
public final class FeedFetcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FeedFetcher.class);
  private static final Duration AGAIN = Duration.ofMinutes(15);

  private final KafkaSettings kafka;
  private final AvroSerdes serdes;
  private final FeedDownload download;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "feeds");
            made.setDaemon(true);
            return made;
          });
  private final Map<String, AtomicLong> loadedAt = new TreeMap<>();

  private FeedFetcher(KafkaSettings kafka, AvroSerdes serdes, Path directory, Clock clock) {
    this.kafka = kafka;
    this.serdes = serdes;
    this.download = new FeedDownload(directory);
    this.clock = clock;
  }

  /**
   * Starts fetching.
   *
   * @param directory where feeds are kept while they are loaded
   * @throws CommandFailure if a feed has no address
   */
  public static FeedFetcher start(
      Map<String, FeedSettings> feeds,
      KafkaSettings kafka,
      AvroSerdes serdes,
      Path directory,
      MeterRegistry metrics) {
    Map<String, URI> addresses = new TreeMap<>();
    try {
      feeds.forEach(
          (name, feed) -> {
            if (feed.enabled()) {
              addresses.put(name, feed.address(name));
            }
          });
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
    FeedFetcher fetcher = new FeedFetcher(kafka, serdes, directory, Clock.systemUTC());
    addresses.forEach(
        (name, address) -> {
          fetcher.measure(name, metrics);
          fetcher.schedule(name, feeds.get(name), address, Duration.ZERO);
        });
    return fetcher;
  }

  private void measure(String name, MeterRegistry metrics) {
    AtomicLong at = new AtomicLong(clock.millis());
    loadedAt.put(name, at);
    metrics.gauge(
        "sluice.feed.age.seconds",
        List.of(Tag.of("feed", name)),
        at,
        millis -> (clock.millis() - millis.get()) / 1000.0);
  }

  private void schedule(String name, FeedSettings feed, URI address, Duration delay) {
    thread.schedule(() -> run(name, feed, address), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run(String name, FeedSettings feed, URI address) {
    boolean done = load(name, feed, address);
    Duration next = done || feed.every().compareTo(AGAIN) < 0 ? feed.every() : AGAIN;
    if (!thread.isShutdown()) {
      schedule(name, feed, address, next);
    }
  }

  private boolean load(String name, FeedSettings feed, URI address) {
    try {
      Optional<FeedDownload.Fetched> fetched = download.fetch(name, address);
      if (fetched.isPresent()) {
        FeedResult result = load(feed, fetched.get().file());
        download.keep(name, address, fetched.get());
        log.atInfo()
            .addKeyValue("feed", name)
            .addKeyValue("entries", result.entries())
            .addKeyValue("added", result.added())
            .addKeyValue("changed", result.changed())
            .addKeyValue("removed", result.removed())
            .log("feed loaded");
      }
      loadedAt.get(name).set(clock.millis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException
        | CommandFailure
        | DocumentException
        | FeedRefusedException
        | KafkaException e) {
      log.atWarn()
          .addKeyValue("feed", name)
          .addKeyValue("reason", e.getMessage())
          .log("feed not loaded; what was loaded before stays in force");
      return false;
    }
  }

  private FeedResult load(FeedSettings feed, Path file) throws IOException {
    try (KnowledgePublisher publisher = KnowledgePublisher.of(kafka, serdes, clock)) {
      String format = feed.format().isEmpty() ? null : feed.format();
      return new FeedLoader(kafka, serdes, publisher).load(FeedFile.open(file, format), false);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
