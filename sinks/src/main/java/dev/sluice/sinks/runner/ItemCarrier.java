package dev.sluice.sinks.runner;

import dev.sluice.events.TicketLink;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds a sink item by item. */
final class ItemCarrier implements Carrier<Work> {
  private static final Logger LOG = LoggerFactory.getLogger(ItemCarrier.class);

  private final RunnerParts parts;
  private final Monitor monitor;
  private final Books books;
  private final Judge judge;

  ItemCarrier(RunnerParts parts, Monitor monitor, Books books) {
    this.parts = parts;
    this.monitor = monitor;
    this.books = books;
    this.judge = Judge.of(parts, books);
  }

  @Override
  public void accept(Work work, Consumer<Work> ready) {
    ready.accept(work);
  }

  @Override
  public boolean isWanted(Work work) {
    return judge.test(work) && mayCreate(work);
  }

  /** A ticket above the day's budget is owed, and made another day. */
  private boolean mayCreate(Work work) {
    Ledger ledger = books.ledger();
    boolean exists =
        ledger.of(work.partition(), work.itemId(), work.episode()).isPresent()
            || ledger
                .before(work.partition(), work.itemId(), work.episode())
                .map(TicketLink::getKey)
                .isPresent();
    if (exists || !parts.descriptor().recordsIntent()) {
      return true;
    }
    Instant now = parts.timing().clock().instant();
    if (books.budget().take(work.partition(), work.itemId(), work.episode(), now)) {
      return true;
    }
    work.claim().owed().add(work.item().getUpdatedAt(), Budget.nextDay(now));
    if (books.budget().isSpentNow()) {
      LOG.atWarn()
          .addKeyValue("sink", parts.name())
          .addKeyValue("tickets", books.budget().share())
          .addKeyValue("until", Budget.nextDay(now))
          .log("The day's ticket budget is used up; other new items wait for the next day");
    }
    return false;
  }

  /** What the books say about an episode of an item and about the one before. */
  private record Page(Optional<TicketLink> link, Optional<TicketLink> earlier) {}

  @Override
  public Delivery attempt(Work work) throws InterruptedException {
    Ledger ledger = books.ledger();
    Page page =
        monitor.get(
            () ->
                new Page(
                    ledger.of(work.partition(), work.itemId(), work.episode()),
                    ledger.before(work.partition(), work.itemId(), work.episode())));
    boolean intended = page.link().isPresent();
    if (parts.descriptor().recordsIntent() && !intended) {
      books.intend(work);
    }
    SinkContext context =
        new SinkContext(
            work.tries() + 1,
            work.event().getId(),
            TicketLinks.marker(parts.name(), work.itemId(), work.episode()),
            page.link(),
            page.earlier(),
            intended && page.link().get().getKey() == null);
    Sink sink = parts.sink();
    return sink.deliver(work.item(), work.event(), context);
  }

  @Override
  public List<CompletableFuture<Void>> delivered(Work work, Delivery.Receipt receipt, Instant now) {
    if (work.event().getAt() != null) {
      parts.metrics().delivered(Duration.between(work.event().getAt(), now));
    }
    return List.of(books.enter(work.claim(), Said.of(work), receipt, now));
  }

  @Override
  public void forget(Collection<Claim> claims) {}
}
