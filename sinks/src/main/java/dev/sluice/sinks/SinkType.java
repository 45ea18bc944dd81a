package dev.sluice.sinks;

import dev.sluice.sinks.alert.AlertSink;
import dev.sluice.sinks.alert.SingleAlerts;
import java.util.Objects;
import java.util.Optional;

/**
 * One kind of sink and how to open it.
 *
 * @param descriptor what it is
 * @param factory opens one configured sink
 * @param alerts for a kind whose messages may be about many events: opens one configured sink to be
 *     fed with alerts. What {@code factory} opens then sends a message for each event.
 */
public record SinkType(SinkDescriptor descriptor, Factory factory, Optional<AlertFactory> alerts) {
  public SinkType {
    Objects.requireNonNull(descriptor, "descriptor");
    Objects.requireNonNull(factory, "factory");
    Objects.requireNonNull(alerts, "alerts");
  }

  /** A kind that is fed item by item. */
  public SinkType(SinkDescriptor descriptor, Factory factory) {
    this(descriptor, factory, Optional.empty());
  }

  /** A kind that is fed with alerts. */
  public static SinkType ofAlerts(SinkDescriptor descriptor, AlertFactory alerts) {
    return new SinkType(
        descriptor,
        (settings, environment) -> new SingleAlerts(alerts.open(settings, environment)),
        Optional.of(alerts));
  }

  /** Opens one configured sink of a type. */
  @FunctionalInterface
  public interface Factory {
    /**
     * @throws IllegalArgumentException if the settings cannot work; the message names the key and
     *     the remedy, and no secret
     */
    Sink open(SinkSettings settings, SinkEnvironment environment);
  }

  /** Opens one configured sink of a type that is fed with alerts. */
  @FunctionalInterface
  public interface AlertFactory {
    /**
     * @throws IllegalArgumentException as {@link Factory#open}
     */
    AlertSink open(SinkSettings settings, SinkEnvironment environment);
  }
}
