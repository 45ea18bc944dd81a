package dev.sluice.sinks.database;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicLong;

/** Every metric of the read model. The label {@code realm} is common or embargoed. */
public final class DatabaseMetrics {
  /** Records that were applied, repeats included. */
  public static final String RECORDS = "sluice.database.records";

  /** Records that are written and not yet applied. */
  public static final String LAG = "sluice.database.lag";

  /** Times that following had to start anew. */
  public static final String RESTARTS = "sluice.database.restarts";

  private final Counter records;
  private final Counter restarts;
  private final AtomicLong lag = new AtomicLong();

  DatabaseMetrics(MeterRegistry meters, String realm) {
    Tags tags = Tags.of("realm", realm);
    this.records =
        Counter.builder(RECORDS)
            .description("Records that were applied, repeats included.")
            .tags(tags)
            .register(meters);
    this.restarts =
        Counter.builder(RESTARTS)
            .description("Times that following had to start anew.")
            .tags(tags)
            .register(meters);
    Gauge.builder(LAG, lag, AtomicLong::get)
        .description("Records that are written and not yet applied.")
        .tags(tags)
        .register(meters);
  }

  void applied(int count) {
    records.increment(count);
  }

  void restarted() {
    restarts.increment();
  }

  void lag(long count) {
    lag.set(count);
  }
}
