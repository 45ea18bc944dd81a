package dev.sluice.sinks.alert;

import dev.sluice.sinks.Delivery;

/** Brings alerts to one receiver, each as one message. Several threads may deliver at once. */
public interface AlertSink extends AutoCloseable {

  /**
   * Delivers once and says what became of it. It must return within its own timeouts and must not
   * retry by itself: the runner knows better when.
   *
   * @throws InterruptedException if the runner gives the partition away; nothing is recorded then
   */
  Delivery deliver(Alert alert, AlertContext context) throws InterruptedException;

  /** Frees what the sink holds. Called once, after the last delivery has returned. */
  @Override
  default void close() {}
}
