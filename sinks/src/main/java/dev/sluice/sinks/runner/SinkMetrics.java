package dev.sluice.sinks.runner;

import dev.sluice.sinks.alert.AlertKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Every metric of a sink. Labels are bounded: {@code sink} by the settings, {@code type} by the
 * kinds of sink, {@code outcome} and {@code reason} by the types here.
 */
public final class SinkMetrics {
  /** Attempts by outcome: delivered, retry, rejected or gone. */
  public static final String ATTEMPTS = "sluice.sink.attempts";

  /** How long an attempt took. */
  public static final String ATTEMPT_TIME = "sluice.sink.attempt.time";

  /** From the event's own time to its delivery. */
  public static final String LATENCY = "sluice.sink.latency";

  /** Events that needed no delivery, by reason. */
  public static final String SKIPPED = "sluice.sink.skipped";

  /** Records written to the dead letters. */
  public static final String DEAD_LETTERS = "sluice.sink.dead.letters";

  /** Events held in memory. */
  public static final String BACKLOG = "sluice.sink.backlog";

  /** Records between the committed offsets and the ends of the partitions. */
  public static final String LAG = "sluice.sink.lag";

  /** 0 closed, 1 probing, 2 open. */
  public static final String BREAKER = "sluice.sink.breaker";

  /** 1 while the sink sends nothing because it was stopped or its receiver is gone. */
  public static final String STOPPED = "sluice.sink.stopped";

  /** Alerts that were delivered, by kind. */
  public static final String ALERTS = "sluice.sink.alerts";

  /** 1 while states of items are owed in place of events. */
  public static final String OWED = "sluice.sink.owed";

  /** 1 while new tickets wait for the next day's budget. */
  public static final String BUDGET_SPENT = "sluice.sink.budget.spent";

  /** Times that the runner had to start anew. */
  public static final String RESTARTS = "sluice.sink.restarts";

  /** One row of the documentation's table. */
  public record Row(String name, String labels, String doc) {}

  /** All metrics, in the order of the documentation. */
  public static final List<Row> ROWS =
      List.of(
          new Row(ATTEMPTS, "sink, type, outcome", "Attempts, by what became of them."),
          new Row(ATTEMPT_TIME, "sink, type", "How long an attempt took, seconds."),
          new Row(LATENCY, "sink, type", "From the event's own time to its delivery, seconds."),
          new Row(SKIPPED, "sink, type, reason", "Events that needed no delivery."),
          new Row(DEAD_LETTERS, "sink, type", "Records written to the dead letters."),
          new Row(BACKLOG, "sink, type", "Events held in memory."),
          new Row(LAG, "sink, type", "Records not yet committed."),
          new Row(BREAKER, "sink, type", "Circuit breaker: 0 closed, 1 probing, 2 open."),
          new Row(STOPPED, "sink, type", "1 while the sink is paused or its receiver is gone."),
          new Row(ALERTS, "sink, type, kind", "Alerts delivered, by kind."),
          new Row(OWED, "sink, type", "1 while the states of items are owed in place of events."),
          new Row(
              BUDGET_SPENT, "sink, type", "1 while new tickets wait for the next day's budget."),
          new Row(RESTARTS, "sink, type", "Times that the runner had to start anew."));

  /** Why an event needed no delivery. */
  enum Skip {
    DELIVERED_BEFORE,
    NOTHING_TO_SAY,
    ROUTED_ELSEWHERE,
    EMBARGOED
  }

  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<String, Counter> attempts = new ConcurrentHashMap<>();
  private final Map<Skip, Counter> skipped = new EnumMap<>(Skip.class);
  private final Timer attemptTime;
  private final Timer latency;
  private final Counter deadLetters;
  private final Counter restarts;
  private final AtomicLong backlog = new AtomicLong();
  private final AtomicLong lag = new AtomicLong();
  private final AtomicLong breaker = new AtomicLong();
  private final AtomicLong stopped = new AtomicLong();
  private final AtomicLong owed = new AtomicLong();
  private final AtomicLong budgetSpent = new AtomicLong();

  SinkMetrics(MeterRegistry registry, String sink, String type) {
    this.registry = registry;
    this.tags = Tags.of("sink", sink, "type", type);
    this.attemptTime =
        Timer.builder(ATTEMPT_TIME).description(doc(ATTEMPT_TIME)).tags(tags).register(registry);
    this.latency = Timer.builder(LATENCY).description(doc(LATENCY)).tags(tags).register(registry);
    this.deadLetters = counter(DEAD_LETTERS, tags);
    this.restarts = counter(RESTARTS, tags);
    for (Skip reason : Skip.values()) {
      String label = reason.name().toLowerCase(Locale.ROOT);
      skipped.put(reason, counter(SKIPPED, tags.and("reason", label)));
    }
    gauge(BACKLOG, backlog);
    gauge(LAG, lag);
    gauge(BREAKER, breaker);
    gauge(STOPPED, stopped);
    gauge(OWED, owed);
    gauge(BUDGET_SPENT, budgetSpent);
  }

  void attempted(String outcome, Duration took) {
    attempts
        .computeIfAbsent(outcome, label -> counter(ATTEMPTS, tags.and("outcome", label)))
        .increment();
    attemptTime.record(took);
  }

  void delivered(Duration sinceEvent) {
    latency.record(sinceEvent.isNegative() ? Duration.ZERO : sinceEvent);
  }

  void skipped(Skip reason) {
    skipped.get(reason).increment();
  }

  void buried() {
    deadLetters.increment();
  }

  void restarted() {
    restarts.increment();
  }

  void backlog(int events) {
    backlog.set(events);
  }

  void lag(long records) {
    lag.set(records);
  }

  void breaker(CircuitBreaker.State state) {
    breaker.set(state.ordinal());
  }

  void stopped(boolean now) {
    stopped.set(now ? 1 : 0);
  }

  void owed(boolean now) {
    owed.set(now ? 1 : 0);
  }

  void budgetSpent(boolean now) {
    budgetSpent.set(now ? 1 : 0);
  }

  void alerted(AlertKind kind) {
    String label = kind.name().toLowerCase(Locale.ROOT);
    attempts
        .computeIfAbsent("alert/" + label, key -> counter(ALERTS, tags.and("kind", label)))
        .increment();
  }

  private Counter counter(String name, Tags labels) {
    return Counter.builder(name).description(doc(name)).tags(labels).register(registry);
  }

  private void gauge(String name, AtomicLong value) {
    Gauge.builder(name, value, AtomicLong::doubleValue)
        .description(doc(name))
        .tags(tags)
        .register(registry);
  }

  private static String doc(String name) {
    return ROWS.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow().doc();
  }
}
