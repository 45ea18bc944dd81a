package dev.sluice.sinks.runner;

import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
import dev.sluice.sinks.Delivery.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What was sent, what could not be, and how much of that is not durable yet. Every method is called
 * under the desk's lock, but for {@link #intend}.
 */
final class Books {
  /** Delivered and not yet durable in {@code tickets.v1}: what a crash may repeat at most. */
  static final int MAX_UNACKNOWLEDGED = 1_000;

  private final RunnerParts parts;
  private final Monitor monitor;
  private final Ledger ledger = new Ledger();
  private final Budget budget;
  private int unacknowledged;
  private Throwable failure;

  Books(RunnerParts parts, Monitor monitor) {
    this.parts = parts;
    this.monitor = monitor;
    this.budget = new Budget(parts.settings().ticketBudget());
  }

  Ledger ledger() {
    return ledger;
  }

  Budget budget() {
    return budget;
  }

  /**
   * Begins with an empty page for a partition.
   *
   * @param of how many partitions there are
   */
  void open(int partition, int of) {
    ledger.open(partition);
    budget.open(partition, of);
  }

  /** Enters what was sent of a partition before it was ours. */
  void recall(int partition, TicketLink link) {
    ledger.put(partition, link);
    budget.recall(partition, link, now());
  }

  void drop(int partition) {
    ledger.drop(partition);
    budget.drop(partition);
  }

  /** Whether anything was sent about this episode. */
  boolean knows(Claim claim, ActionItem item) {
    return ledger.of(claim.partition().partition(), item.getId(), item.getEpisode()).isPresent();
  }

  /** Whether an item has changed since it is owed, and the receiver has not heard of that. */
  boolean isOwed(Claim claim, ActionItem item) {
    Instant since = claim.owed().payingSince();
    if (item.getUpdatedAt() != null && item.getUpdatedAt().isBefore(since)) {
      return false;
    }
    return ledger
        .newest(claim.partition().partition(), item.getId())
        .map(link -> item.getRevision() > link.getLastRevision())
        .orElse(item.getStatus() == ItemStatus.OPEN);
  }

  /** Whether an item is open and was last spoken of before this time. */
  boolean isUnmentioned(Claim claim, ActionItem item, Instant before) {
    return item.getStatus() == ItemStatus.OPEN
        && ledger
            .of(claim.partition().partition(), item.getId(), item.getEpisode())
            .filter(link -> isOpen(link) && !link.getAt().isAfter(before))
            .isPresent();
  }

  /** Whether there may be an item that is open and was last spoken of before this time. */
  boolean anyUnmentioned(Collection<Claim> claims, Instant before) {
    return claims.stream()
        .anyMatch(
            claim ->
                ledger
                    .newest(claim.partition().partition())
                    .anyMatch(link -> isOpen(link) && !link.getAt().isAfter(before)));
  }

  private static boolean isOpen(TicketLink link) {
    return link.getState() == TicketState.LINKED && link.getAt() != null;
  }

  /** Deliveries whose entry is not durable yet. */
  int unacknowledged() {
    return unacknowledged;
  }

  /** Whether another delivery may start before older ones are durable. */
  boolean hasRoom() {
    return unacknowledged < MAX_UNACKNOWLEDGED;
  }

  /** What made going on impossible, if anything did; asked once. */
  Optional<Throwable> failure() {
    Throwable cause = failure;
    failure = null;
    return Optional.ofNullable(cause);
  }

  /**
   * Writes that a delivery of an episode is about to be tried, and waits until that is durable.
   * Called without the lock.
   */
  void intend(Work work) throws InterruptedException {
    TicketLink intent = TicketLinks.intent(parts.name(), Said.of(work), now());
    try {
      parts.tickets().append(work.partition(), intent).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an intent could not be written", e.getCause());
    }
    monitor.run(() -> ledger.put(work.partition(), intent));
  }

  /** Enters a delivery; the future completes once that is durable. */
  CompletableFuture<Void> enter(Claim claim, Said said, Receipt receipt, Instant at) {
    int partition = claim.partition().partition();
    Optional<TicketLink> before = ledger.of(partition, said.itemId(), said.episode());
    TicketLink link = TicketLinks.sent(parts.name(), said, before, receipt, at);
    ledger.put(partition, link);
    return parts.tickets().append(partition, link);
  }

  /** Sends records to the dead letters; the futures complete once they are durable there. */
  List<CompletableFuture<Void>> bury(List<ConsumerRecord<byte[], byte[]>> records, String reason) {
    List<CompletableFuture<Void>> burials = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> raw : records) {
      parts.metrics().buried();
      burials.add(parts.deadLetters().bury(raw, reason, now()));
    }
    return burials;
  }

  /** Finishes something once everything about it is durable. */
  void acknowledge(Hold hold, List<CompletableFuture<Void>> writes) {
    // The hold on the claims passes from the delivery to its acknowledgement without a gap.
    hold.begin();
    unacknowledged++;
    CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
        .whenComplete((done, error) -> monitor.run(() -> acknowledged(hold, error)));
  }

  private void acknowledged(Hold hold, Throwable error) {
    hold.end();
    unacknowledged--;
    if (error == null) {
      hold.finish();
    } else if (failure == null) {
      failure = error;
    }
  }

  private Instant now() {
    return parts.timing().clock().instant();
  }
}
