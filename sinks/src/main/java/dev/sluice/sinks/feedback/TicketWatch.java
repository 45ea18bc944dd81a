package dev.sluice.sinks.feedback;

import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.runner.SinkRunner;
import dev.sluice.sinks.ticket.Setback;
import dev.sluice.sinks.ticket.Tracker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the tickets of running sinks, with a thread for each sink that keeps tickets. */
public final class TicketWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TicketWatch.class);
  private static final Duration REST = Duration.ofMinutes(1);
  private static final Duration LONG_REST = Duration.ofMinutes(15);

  private final List<Thread> threads;

  private TicketWatch(List<Thread> threads) {
    this.threads = threads;
  }

  /** Begins to watch the tickets of those among these sinks that keep any. */
  public static TicketWatch start(
      List<SinkRunner> sinks,
      KafkaSettings kafka,
      AvroSerdes serdes,
      Acceptances acceptances,
      MeterRegistry meters) {
    List<Thread> threads =
        sinks.stream()
            .map(sink -> thread(sink, kafka, serdes, acceptances, meters))
            .flatMap(Optional::stream)
            .toList();
    threads.forEach(Thread::start);
    return new TicketWatch(threads);
  }

  private static Optional<Thread> thread(
      SinkRunner sink,
      KafkaSettings kafka,
      AvroSerdes serdes,
      Acceptances acceptances,
      MeterRegistry meters) {
    FeedbackSettings feedback = sink.settings().feedback();
    ReconcileSettings reconcile = sink.settings().reconcile();
    Optional<Tracker> tracker = sink.tracker();
    if (tracker.isEmpty() || (feedback.every().isZero() && reconcile.every().isZero())) {
      return Optional.empty();
    }
    Runnable work =
        () -> {
          try (KafkaWorld world =
              new KafkaWorld(kafka, serdes, sink.settings().realm(), sink.name())) {
            RoundsParts parts =
                new RoundsParts(
                    sink.name(),
                    feedback,
                    reconcile,
                    tracker.get(),
                    sink,
                    world,
                    acceptances,
                    new TicketMetrics(meters, sink.name()),
                    Clock.systemUTC(),
                    Pace.perMinute(reconcile.requestsAMinute()));
            watch(parts);
          } catch (InterruptedException e) {
            // Closed.
          }
        };
    Thread thread = new Thread(work, "tickets-" + sink.name());
    thread.setDaemon(true);
    return Optional.of(thread);
  }

  private static void watch(RoundsParts parts) throws InterruptedException {
    Rounds rounds = new Rounds(parts);
    while (true) {
      Duration rest;
      try {
        rest = rounds.work();
      } catch (Setback e) {
        rest = setBack(parts, e.delivery());
      } catch (RuntimeException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        // A broker that is away, or an answer nobody foresaw: the sink itself goes on.
        parts.metrics().setBack();
        LOG.atWarn()
            .addKeyValue("sink", parts.sink())
            .setCause(e)
            .log("A look at tickets was cut short, and is taken again in a minute");
        rest = REST;
      }
      TimeUnit.MILLISECONDS.sleep(Math.max(0, rest.toMillis()));
    }
  }

  private static Duration setBack(RoundsParts parts, Delivery delivery) {
    parts.metrics().setBack();
    LOG.atWarn()
        .addKeyValue("sink", parts.sink())
        .addKeyValue("reason", delivery)
        .log("The tracker cut a look at tickets short");
    if (delivery instanceof Delivery.Retry retry) {
      return retry.after().filter(after -> after.compareTo(REST) > 0).orElse(REST);
    }
    return LONG_REST;
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        Objects.requireNonNull(thread).join(TimeUnit.SECONDS.toMillis(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
