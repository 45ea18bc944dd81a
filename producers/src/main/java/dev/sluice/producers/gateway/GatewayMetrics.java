package dev.sluice.producers.gateway;

import dev.sluice.producers.publish.PublishOutcome;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** The gateway's metrics. Labels are bounded: no asset, no token, no file name. */
final class GatewayMetrics {
  static final String UPLOADS = "sluice.gateway.uploads";
  static final String BYTES = "sluice.gateway.upload.bytes";
  static final String OBSERVATIONS = "sluice.gateway.observations";

  private final MeterRegistry registry;

  GatewayMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void upload(PublishOutcome outcome, long bytes) {
    String name = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    Counter.builder(UPLOADS)
        .description("Reports that were sent to the gateway, by outcome.")
        .tag("outcome", name)
        .register(registry)
        .increment();
    Counter.builder(BYTES)
        .description("Bytes of request bodies.")
        .baseUnit("bytes")
        .register(registry)
        .increment(bytes);
    if (outcome instanceof Published published) {
      Counter.builder(OBSERVATIONS)
          .description("Observations that were published.")
          .register(registry)
          .increment(published.scans().stream().mapToLong(PublishResult::observations).sum());
    }
  }
}
