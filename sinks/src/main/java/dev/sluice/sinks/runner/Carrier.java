package dev.sluice.sinks.runner;

import dev.sluice.sinks.Delivery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What is particular about one way to feed a sink: how events become errands, how one is attempted,
 * and what is entered when it was delivered. Everything but {@link #attempt} is called under the
 * desk's lock.
 */
interface Carrier<W extends Errand<W>> {

  /** Takes an event in; what can be delivered now goes on. */
  void accept(Work work, Consumer<W> ready);

  /** Hands on what it has collected, where it is time. */
  default void release(Consumer<W> ready) {}

  /** Nanoseconds until {@link #release} is worth calling; {@code Long.MAX_VALUE}: not by time. */
  default long untilRelease() {
    return Long.MAX_VALUE;
  }

  /** Events that it has collected and that no errand has finished. */
  default int held() {
    return 0;
  }

  /** Whether it has collected more than memory is for. */
  default boolean isFull() {
    return false;
  }

  /** Whether it still has anything to say to the receiver. */
  boolean isWanted(W errand);

  /** Tries once. It is called without the lock, by several threads at once. */
  Delivery attempt(W errand) throws InterruptedException;

  /**
   * The receiver has it.
   *
   * @return what must become durable before the errand is finished
   */
  List<CompletableFuture<Void>> delivered(W errand, Delivery.Receipt receipt, Instant now);

  /** Forgets what it collects for partitions that belong to somebody else now. */
  void forget(Collection<Claim> claims);
}
