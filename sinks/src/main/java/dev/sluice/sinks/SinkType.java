package dev.sluice.sinks;

import java.util.Objects;

/**
 * One kind of sink and how to open it.
 *
 * @param descriptor what it is
 * @param factory opens one configured sink
 */
public record SinkType(SinkDescriptor descriptor, Factory factory) {
  public SinkType {
    Objects.requireNonNull(descriptor, "descriptor");
    Objects.requireNonNull(factory, "factory");
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
}
