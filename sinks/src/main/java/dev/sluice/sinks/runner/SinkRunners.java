package dev.sluice.sinks.runner;

import dev.sluice.events.ActionEvent;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.Sinks;
import dev.sluice.sinks.alert.AlertSink;
import dev.sluice.sinks.alert.SingleAlerts;
import dev.sluice.sinks.control.SinkBoard;
import dev.sluice.sinks.route.Route;
import dev.sluice.sinks.ticket.Clearance;
import dev.sluice.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serde;

/** All configured sinks at work, each with its own group, threads and limits. */
public final class SinkRunners implements AutoCloseable {
  /** Header that names the sink for which an event is sent again although newer ones were. */
  public static final String REPLAY_HEADER = "sluice-replay";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private final List<SinkRunner> runners;
  private final List<Producer<byte[], byte[]>> producers;
  private OrderFeed orders;

  private SinkRunners(List<SinkRunner> runners, List<Producer<byte[], byte[]>> producers) {
    this.runners = List.copyOf(runners);
    this.producers = List.copyOf(producers);
  }

  /**
   * Opens every enabled sink and starts it. The topics must exist.
   *
   * @param sinks settings by name: lower-case letters, digits and dashes, at most 63
   * @param environment clock and console for all of them; the name in it is not used
   * @throws IllegalArgumentException if a setting cannot work; nothing is left running
   */
  public static SinkRunners start(
      Map<String, SinkSettings> sinks,
      KafkaSettings kafka,
      AvroSerdes serdes,
      SinkEnvironment environment,
      MeterRegistry meters) {
    List<SinkRunner> runners = new ArrayList<>();
    List<Producer<byte[], byte[]>> producers = new ArrayList<>();
    try {
      new TreeMap<>(sinks)
          .forEach(
              (name, settings) -> {
                if (settings.enabled()) {
                  Outlet outlet = open(name, settings, environment);
                  Producer<byte[], byte[]> producer = new SinkKafka(kafka, name).producer();
                  producers.add(producer);
                  runners.add(runner(name, settings, outlet, kafka, serdes, producer, meters));
                }
              });
    } catch (RuntimeException e) {
      new SinkRunners(runners, producers).close();
      throw e;
    }
    SinkRunners all = new SinkRunners(runners, producers);
    // Until the orders are known nobody can say that a sink is not to pause.
    runners.forEach(SinkRunner::pause);
    runners.forEach(SinkRunner::start);
    if (!runners.isEmpty()) {
      all.follow(kafka, serdes);
    }
    return all;
  }

  private void follow(KafkaSettings kafka, AvroSerdes serdes) {
    orders =
        new OrderFeed(
                new SinkBoard(kafka.prefix(), serdes),
                SinkBoard.topicOf(kafka.prefix()),
                new SinkKafka(kafka, "orders")::reader,
                this::pauseOnly)
            .start();
  }

  private void pauseOnly(Set<String> names) {
    for (SinkRunner runner : runners) {
      if (names.contains(runner.name())) {
        runner.pause();
      } else {
        runner.resume();
      }
    }
  }

  /** Consumer group of a configured sink. */
  public static String group(String prefix, String name) {
    return SinkKafka.group(prefix, name);
  }

  /** Since when the states of items are owed, by what was committed with an offset. */
  public static Optional<Instant> owedSince(String metadata) {
    Owed owed = new Owed();
    owed.recall(metadata);
    return owed.since();
  }

  /** Every sink, in the order of their names. */
  public List<SinkRunner> all() {
    return runners;
  }

  /** The sink of this name. */
  public Optional<SinkRunner> find(String name) {
    return runners.stream().filter(runner -> runner.name().equals(name)).findFirst();
  }

  /** Stops all at once; each lets its deliveries end within 10 seconds. */
  @Override
  public void close() {
    if (orders != null) {
      orders.close();
    }
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      List<Future<?>> closing = new ArrayList<>();
      runners.forEach(runner -> closing.add(pool.submit(runner::close)));
      for (Future<?> each : closing) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("a sink could not be closed", e.getCause());
    } finally {
      pool.shutdown();
      producers.forEach(producer -> producer.close(Duration.ofSeconds(5)));
    }
  }

  /** An opened sink: as one of items, and, where it is one, as one of alerts. */
  private record Outlet(Sink sink, Optional<AlertSink> alerts) {}

  private static Outlet open(String name, SinkSettings settings, SinkEnvironment environment) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "sinks.%s: a sink's name has lower-case letters, digits and dashes, at most 63"
              .formatted(name));
    }
    SinkType type = Sinks.of(name, settings.type());
    SinkDescriptor descriptor = type.descriptor();
    if (settings.cleared() && !descriptor.carriesEmbargoed()) {
      throw new IllegalArgumentException(
          "sinks.%s.cleared: a sink of type %s can never be cleared for embargoed items"
              .formatted(name, descriptor.type()));
    }
    if (settings.realm() == Topics.Realm.EMBARGOED && !settings.cleared()) {
      throw new IllegalArgumentException(
          "sinks.%s.realm: EMBARGOED needs cleared: true, which says that everybody who reads it is"
              .formatted(name));
    }
    Route.of(name, settings.when(), descriptor.wants());
    if (type.alerts().isPresent()) {
      AlertSink alerts = type.alerts().get().open(settings, environment.named(name));
      return new Outlet(new SingleAlerts(alerts), Optional.of(alerts));
    }
    Sink sink = type.factory().open(settings, environment.named(name));
    if (settings.cleared() && sink.tracker().isPresent()) {
      try {
        Clearance.check(name, sink.tracker().get());
      } catch (IllegalArgumentException e) {
        sink.close();
        throw e;
      }
    }
    return new Outlet(sink, Optional.empty());
  }

  /** What a sink says of itself is for people, and not waited for. */
  private static Reporter.Board board(
      String name, KafkaSettings kafka, AvroSerdes serdes, Producer<byte[], byte[]> producer) {
    SinkBoard board = new SinkBoard(kafka.prefix(), serdes);
    return (condition, reason) -> {
      var unused = board.report(producer, name, condition, reason, Instant.now());
    };
  }

  private static SinkRunner runner(
      String name,
      SinkSettings settings,
      Outlet outlet,
      KafkaSettings kafka,
      AvroSerdes serdes,
      Producer<byte[], byte[]> producer,
      MeterRegistry meters) {
    SinkDescriptor descriptor = Sinks.of(name, settings.type()).descriptor();
    return runner(name, settings, outlet, descriptor, kafka, serdes, producer, meters);
  }

  /** A runner over any sink, for tests with sinks of their own. */
  static SinkRunner runner(
      String name,
      SinkSettings settings,
      Sink sink,
      SinkDescriptor descriptor,
      KafkaSettings kafka,
      AvroSerdes serdes,
      Producer<byte[], byte[]> producer,
      MeterRegistry meters) {
    Outlet outlet = new Outlet(sink, Optional.empty());
    return runner(name, settings, outlet, descriptor, kafka, serdes, producer, meters);
  }

  private static SinkRunner runner(
      String name,
      SinkSettings settings,
      Outlet outlet,
      SinkDescriptor descriptor,
      KafkaSettings kafka,
      AvroSerdes serdes,
      Producer<byte[], byte[]> producer,
      MeterRegistry meters) {
    SinkKafka clients = new SinkKafka(kafka, name);
    Topics.Realm realm = settings.realm();
    Serde<ActionEvent> events = serdes.forTopic(Topics.ACTIONABLE);
    var links = serdes.forTopic(Topics.TICKETS);
    return new SinkRunner(
        new RunnerParts(
            name,
            outlet.sink(),
            outlet.alerts(),
            descriptor,
            settings,
            Topics.name(kafka.prefix(), realm, Topics.ACTIONABLE),
            outlet.alerts().isPresent() ? clients::soleMember : clients::member,
            events.deserializer(),
            new KafkaItemStates(
                Topics.name(kafka.prefix(), realm, Topics.ITEMS),
                clients::reader,
                serdes.forTopic(Topics.ITEMS).deserializer()),
            new KafkaTicketLog(
                name,
                Topics.name(kafka.prefix(), realm, Topics.TICKETS),
                clients::reader,
                producer,
                links.serializer(),
                links.deserializer()),
            new KafkaDeadLetters(
                "sink:" + name, Topics.deadLetters(kafka.prefix(), realm), producer),
            new SinkMetrics(meters, name, descriptor.type()),
            board(name, kafka, serdes, producer),
            Timing.SYSTEM,
            RandomGenerator.getDefault()));
  }
}
