package dev.sluice.sinks.runner;

import dev.sluice.events.TicketLink;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Where a sink keeps what it sent, so that another instance can go on. */
interface TicketLog {
  /**
   * Reads every link of this sink in some partitions, each in the order they were written, up to
   * the ends as they are when called.
   *
   * @param into takes partition and link
   */
  void read(Set<Integer> partitions, BiConsumer<Integer, TicketLink> into);

  /** Writes a link; the future completes once it is durable. */
  CompletableFuture<Void> append(int partition, TicketLink link);
}
