package dev.sluice.app.service;

import dev.sluice.app.Console;
import dev.sluice.app.feed.FeedFile;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.streams.knowledge.FeedLoader;
import dev.sluice.streams.knowledge.FeedRefusedException;
import dev.sluice.streams.knowledge.KnowledgePublisher;
import dev.sluice.topics.Topics.Realm;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole of Sluice in one process: topics, knowledge, topology, gateway, sinks and read model.
 */
public final class OneProcess {
  private static final Duration STEP = Duration.ofMillis(20);

  private final SluiceSettings settings;
  private final AvroSerdes serdes;
  private final GatewayService gateway;
  private final List<StreamsService> streams;
  private final SinksService sinks;
  private final Optional<DatabaseService> database;

  private OneProcess(
      SluiceSettings settings,
      AvroSerdes serdes,
      GatewayService gateway,
      List<StreamsService> streams,
      SinksService sinks,
      Optional<DatabaseService> database) {
    this.settings = settings;
    this.serdes = serdes;
    this.gateway = gateway;
    this.streams = streams;
    this.sinks = sinks;
    this.database = database;
  }

  /**
   * Starts everything on a Kafka that runs. Each part is added to the process as soon as it runs.
   *
   * @param settings with the Kafka and the registry to use
   */
  public static OneProcess start(Process process, SluiceSettings settings, Console console) {
    AvroSerdes serdes = AvroSerdes.of(settings.registry());
    List<Realm> realms =
        settings.streams().embargoed() ? List.of(Realm.values()) : List.of(Realm.COMMON);
    TopicSetup.create(settings.kafka(), realms);
    loadKnowledge(settings, serdes, console);
    List<StreamsService> streams = new ArrayList<>();
    for (Realm realm : realms) {
      streams.add(
          process.services().add(StreamsService.start(settings, serdes, realm, process.metrics())));
    }
    Optional<DatabaseService> database = Optional.empty();
    if (settings.database().isSet()) {
      database =
          Optional.of(
              process
                  .services()
                  .add(DatabaseService.start(settings, serdes, realms, process.metrics())));
    }
    SinksService sinks =
        process.services().add(SinksService.start(settings, serdes, console, process.metrics()));
    if (!settings.feeds().isEmpty()) {
      process.services().add(FeedService.start(settings, serdes, process.metrics()));
    }
    GatewayService gateway =
        process.services().add(GatewayService.start(settings, serdes, process.metrics()));
    database.ifPresent(known -> gateway.answerWith(known.lookup()));
    return new OneProcess(settings, serdes, gateway, streams, sinks, database);
  }

  /** Reference data that the settings name; loading the same again changes nothing downstream. */
  private static void loadKnowledge(SluiceSettings settings, AvroSerdes serdes, Console console) {
    Clock clock = Clock.systemUTC();
    StartingKnowledge.load(settings, clock, console);
    Path exploited = settings.up().knownExploited();
    if (exploited != null) {
      try (KnowledgePublisher publisher = KnowledgePublisher.of(settings.kafka(), serdes, clock)) {
        loadFeed(settings, serdes, publisher, exploited, console);
      }
    }
  }

  /** A feed that is not believed leaves the one before it in force: no reason not to start. */
  private static void loadFeed(
      SluiceSettings settings,
      AvroSerdes serdes,
      KnowledgePublisher publisher,
      Path file,
      Console console) {
    try {
      FeedFile.load(file, null, false, new FeedLoader(settings.kafka(), serdes, publisher));
    } catch (FeedRefusedException e) {
      console.err().println("sluice: " + file + ": " + e.getMessage());
    }
  }

  /** Waits until the topology works. */
  public boolean awaitReady(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!streams.stream().allMatch(StreamsService::isReady)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(STEP.toMillis());
    }
    return true;
  }

  public SluiceSettings settings() {
    return settings;
  }

  public AvroSerdes serdes() {
    return serdes;
  }

  public GatewayService gateway() {
    return gateway;
  }

  public SinksService sinks() {
    return sinks;
  }

  /** The read model; empty where the settings want none. */
  public Optional<DatabaseService> database() {
    return database;
  }
}
