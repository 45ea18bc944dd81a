package dev.sluice.sinks.feedback;

import dev.sluice.sinks.runner.SinkMetrics.Row;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/** Metrics of what is found at tickets and done about it. Labels are bounded by the types here. */
public final class TicketMetrics {
  /** Requests of people, by what they ask and what became of it. */
  public static final String REQUESTS = "sluice.ticket.requests";

  /** Tickets brought back to what their item is. */
  public static final String MENDED = "sluice.ticket.mended";

  /** Tickets compared with their item. */
  public static final String COMPARED = "sluice.ticket.compared";

  /** Looks that ended early. */
  public static final String SETBACKS = "sluice.ticket.setbacks";

  /** All metrics, in the order of the documentation. */
  public static final List<Row> ROWS =
      List.of(
          new Row(REQUESTS, "sink, kind, ruling", "What people asked for, by what became of it."),
          new Row(MENDED, "sink, reason", "Tickets brought back to what their item is."),
          new Row(COMPARED, "sink", "Tickets compared with their item."),
          new Row(SETBACKS, "sink", "Looks at tickets that the tracker or Kafka cut short."));

  private final MeterRegistry registry;
  private final Tags tags;

  TicketMetrics(MeterRegistry registry, String sink) {
    this.registry = registry;
    this.tags = Tags.of("sink", sink);
  }

  void requested(Request request, Ruling ruling) {
    count(
        REQUESTS,
        tags.and(
            "kind",
            request.kind().name().toLowerCase(java.util.Locale.ROOT),
            "ruling",
            ruling.word()));
  }

  void mended(Mismatch reason) {
    count(MENDED, tags.and("reason", reason.word()));
  }

  void compared() {
    count(COMPARED, tags);
  }

  void setBack() {
    count(SETBACKS, tags);
  }

  private void count(String name, Tags labels) {
    String doc =
        ROWS.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow().doc();
    io.micrometer.core.instrument.Counter.builder(name)
        .description(doc)
        .tags(labels)
        .register(registry)
        .increment();
  }
}
