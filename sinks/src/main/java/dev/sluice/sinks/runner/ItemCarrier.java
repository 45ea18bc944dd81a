package dev.sluice.sinks.runner;

import dev.sluice.events.TicketLink;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.route.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Feeds a sink item by item. */
final class ItemCarrier implements Carrier<Work> {
  private final RunnerParts parts;
  private final Monitor monitor;
  private final Books books;
  private final Judge judge;

  ItemCarrier(RunnerParts parts, Monitor monitor, Books books) {
    this.parts = parts;
    this.monitor = monitor;
    this.books = books;
    boolean cleared = parts.settings().cleared() && parts.descriptor().carriesEmbargoed();
    Wants wants = parts.descriptor().wants();
    Route route = Route.of(parts.name(), parts.settings().when(), wants);
    this.judge = new Judge(parts.name(), wants, cleared, route, books.ledger(), parts.metrics());
  }

  @Override
  public void accept(Work work, Consumer<Work> ready) {
    ready.accept(work);
  }

  @Override
  public boolean isWanted(Work work) {
    return judge.test(work);
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
    return List.of(books.enter(work, receipt, now));
  }

  @Override
  public void forget(Collection<Claim> claims) {}
}
