package dev.sluice.sinks.database;

import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tables of one realm up to date, on a thread of its own. Several may run in several
 * processes: each follows the partitions that the group gives it. What makes following impossible
 * (no broker, no registry, no database) is waited out; nothing is lost meanwhile.
 */
public final class Projector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
  private static final Duration SHORTEST_REST = Duration.ofMillis(500);
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);
  private static final long PRUNE_EVERY = Duration.ofHours(12).toNanos();
  private static final long COUNT_EVERY = Duration.ofMinutes(1).toNanos();

  private final KafkaSettings kafka;
  private final AvroSerdes serdes;
  private final DatabaseSettings settings;
  private final Realm realm;
  private final DatabaseMetrics metrics;
  private final Optional<SecurityMetrics> security;
  private final Clock clock;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Database database;
  private volatile Consumer<byte[], byte[]> consumer;
  private volatile boolean caughtUp;
  private volatile String trouble = "the database is being opened";
  private long prunedAt;
  private long countedAt;

  private Projector(
      KafkaSettings kafka,
      AvroSerdes serdes,
      DatabaseSettings settings,
      Realm realm,
      MeterRegistry meters,
      Clock clock) {
    this.kafka = kafka;
    this.serdes = serdes;
    this.settings = settings;
    this.realm = realm;
    this.metrics = new DatabaseMetrics(meters, RecordJson.word(realm));
    this.security =
        realm == Realm.COMMON ? Optional.of(new SecurityMetrics(meters)) : Optional.empty();
    this.clock = clock;
    this.thread = new Thread(this::run, "database-" + RecordJson.word(realm));
  }

  /**
   * Begins to open the database and to follow the topics, and returns at once. The topics must
   * exist.
   *
   * @throws IllegalArgumentException if the database is not cleared for the realm
   */
  public static Projector start(
      KafkaSettings kafka,
      AvroSerdes serdes,
      DatabaseSettings settings,
      Realm realm,
      MeterRegistry meters,
      Clock clock) {
    if (realm == Realm.EMBARGOED && !settings.cleared()) {
      throw new IllegalArgumentException(
          "database.cleared: embargoed records need true, which says that everybody who reads the"
              + " database is");
    }
    Projector projector = new Projector(kafka, serdes, settings, realm, meters, clock);
    projector.thread.setDaemon(true);
    projector.thread.start();
    return projector;
  }

  /** Whether everything that was written when it last looked has been applied. */
  public boolean isCaughtUp() {
    return caughtUp;
  }

  /** What keeps it from following, for people; empty while it follows. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Answers questions, as soon as the database is open. */
  public Optional<ReadModel> model() {
    return Optional.ofNullable(database).map(ReadModel::new);
  }

  private void run() {
    Duration rest = SHORTEST_REST;
    while (closing.getCount() > 0) {
      long began = System.nanoTime();
      try {
        follow();
        return;
      } catch (LostPartitionException e) {
        caughtUp = false;
        rest = SHORTEST_REST;
        LOG.atInfo()
            .addKeyValue("realm", realm)
            .addKeyValue("reason", e.getMessage())
            .log("The read model begins anew");
      } catch (RuntimeException | SQLException e) {
        caughtUp = false;
        trouble = String.valueOf(e.getMessage());
        metrics.restarted();
        LOG.atError()
            .addKeyValue("realm", realm)
            .addKeyValue("error", trouble)
            .setCause(e)
            .log("The read model cannot be kept up to date; trying anew after a pause");
      }
      boolean lasted = System.nanoTime() - began > LONGEST_REST.toNanos();
      rest = lasted ? SHORTEST_REST : rest.multipliedBy(2);
      rest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
      if (!pause(rest)) {
        return;
      }
    }
  }

  private void follow() throws SQLException {
    if (database == null) {
      database = Database.open(settings, realm);
      trouble = "the topics have not been read yet";
    }
    String name = "sluice-database" + (realm == Realm.COMMON ? "" : "-embargoed");
    DatabaseKafka clients = new DatabaseKafka(kafka, name);
    String letters = Topics.deadLetters(kafka.prefix(), realm);
    try (LateDeadLetters deadLetters = new LateDeadLetters(clients::producer, "database", letters);
        Consumer<byte[], byte[]> reading = clients.consumer()) {
      consumer = reading;
      Projection projection =
          new Projection(database, feeds(serdes, kafka.prefix(), realm), deadLetters, clock);
      Following following = new Following(reading, projection, metrics);
      while (closing.getCount() > 0) {
        caughtUp = following.cycle();
        trouble = null;
        prune();
        count();
      }
    } catch (WakeupException e) {
      LOG.atDebug().addKeyValue("realm", realm).log("The read model stops");
    } finally {
      consumer = null;
    }
  }

  private void prune() throws SQLException {
    if (caughtUp && (prunedAt == 0 || System.nanoTime() - prunedAt > PRUNE_EVERY)) {
      prunedAt = System.nanoTime();
      database.prune(clock.instant().minus(settings.keep()));
    }
  }

  private void count() throws SQLException {
    if (security.isPresent()
        && caughtUp
        && (countedAt == 0 || System.nanoTime() - countedAt > COUNT_EVERY)) {
      countedAt = System.nanoTime();
      database.read(
          connection -> {
            security.get().count(connection, clock.instant());
            return null;
          });
    }
  }

  /** The topics that are followed, with their tables. */
  static List<Feed<?>> feeds(AvroSerdes serdes, String prefix, Realm realm) {
    boolean cleared = realm == Realm.EMBARGOED;
    Feeds feeds = new Feeds(serdes, prefix, realm);
    List<Feed<?>> all = new ArrayList<>();
    if (!cleared) {
      all.add(feeds.of(Topics.OVERRIDES, new OverridesTable())); // there is one for both realms
    }
    all.addAll(
        List.of(
            feeds.of(Topics.FINDINGS, new FindingsTable()),
            feeds.of(Topics.ITEMS, new ItemsTable(cleared)),
            feeds.of(Topics.ACTIONABLE, new EventsTable(cleared)),
            feeds.of(Topics.DECISIONS, new DecisionsTable()),
            feeds.of(Topics.SCANS, new ScansTable()),
            feeds.of(Topics.TICKETS, new TicketsTable())));
    return all;
  }

  private record Feeds(AvroSerdes serdes, String prefix, Realm realm) {
    <V extends SpecificRecord> Feed<V> of(Topic<V> topic, Table<V> table) {
      return new Feed<>(
          Topics.name(prefix, realm, topic), serdes.forTopic(topic).deserializer(), table);
    }
  }

  private boolean pause(Duration rest) {
    try {
      return !closing.await(rest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Ends after the batch under way, and closes the database. */
  @Override
  public void close() {
    closing.countDown();
    Consumer<byte[], byte[]> reading = consumer;
    if (reading != null) {
      reading.wakeup();
    }
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Database open = database;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public String toString() {
    return "database-" + realm.name().toLowerCase(Locale.ROOT);
  }
}
