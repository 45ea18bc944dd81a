package dev.sluice.sinks;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.sinks.ticket.Tracker;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings action items to one receiver. Deliveries of one item come one after the other in order;
 * deliveries of different items come from several threads at once, up to the sink's concurrency.
 */
public interface Sink extends AutoCloseable {

  /**
   * Delivers once and says what became of it. It must return within its own timeouts and must not
   * retry by itself: the runner knows better when.
   *
   * <p>A sink that wants the current state must act on the item's status and on {@link
   * SinkContext#link()}, not on the event's type alone: after an outage several events come as one.
   *
   * @param item the newest known state of the item; for a sink that wants every event, the state
   *     right after that event
   * @param event what happened
   * @param context attempt, idempotency key, and what was sent before
   * @throws InterruptedException if the runner gives the partition away; nothing is recorded then
   */
  Delivery deliver(ActionItem item, ActionEvent event, SinkContext context)
      throws InterruptedException;

  /** The tracker behind it, if it keeps tickets. */
  default Optional<Tracker> tracker() {
    return Optional.empty();
  }

  /**
   * How often it wants to be told the state of every open item that was sent, though nothing
   * changed: where the receiver forgets what it does not hear again. Zero: never.
   */
  default Duration refreshInterval() {
    return Duration.ZERO;
  }

  /** Frees what the sink holds. Called once, after the last delivery has returned. */
  @Override
  default void close() {}
}
