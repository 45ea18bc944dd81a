package dev.sluice.sinks.runner;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.TicketLink;
import dev.sluice.sinks.Delivery;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the thread that reads and the threads that deliver meet. Everything they share is touched
 * under one lock; the sink itself is called outside it.
 */
final class Desk<W extends Errand<W>> {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  private static final long MAX_WAITING_BYTES = 32L << 20;

  private final RunnerParts parts;
  private final Monitor monitor;
  private final Books books;
  private final Carrier<W> carrier;
  private final Gate gate;
  private final Reporter reporter;
  private final Dispatcher<W> dispatcher;
  private final Map<W, Thread> underWay = new IdentityHashMap<>();
  private final Map<Integer, Claim> claims = new HashMap<>();

  private Desk(RunnerParts parts, Monitor monitor, Books books, Carrier<W> carrier) {
    this.parts = parts;
    this.monitor = monitor;
    this.books = books;
    this.carrier = carrier;
    this.gate = new Gate(nanos());
    this.reporter = new Reporter(parts.board());
    DispatchRules rules =
        DispatchRules.of(parts.settings(), parts.descriptor().wants(), parts.random());
    this.dispatcher = new Dispatcher<>(rules, carrier::isWanted, nanos());
  }

  /** A desk for what this sink wants. */
  @SuppressWarnings("resource") // the runner closes the sinks
  static Desk<?> of(RunnerParts parts) {
    Monitor monitor = new Monitor();
    Books books = new Books(parts, monitor);
    return parts.alerts().isPresent()
        ? new Desk<>(parts, monitor, books, new AlertCarrier(parts, parts.alerts().get(), books))
        : new Desk<>(parts, monitor, books, new ItemCarrier(parts, monitor, books));
  }

  // ---- for the thread that reads

  /**
   * A partition is ours.
   *
   * @param of how many there are
   */
  void open(Claim claim, int of) {
    locked(
        () -> {
          claims.put(claim.partition().partition(), claim);
          books.open(claim.partition().partition(), of);
        });
  }

  /** What was sent of a partition before it was ours. */
  void recall(int partition, TicketLink link) {
    locked(() -> books.recall(partition, link));
  }

  /** The group still knows us: deliveries may start for another while. */
  void renewLease() {
    locked(() -> gate.renew(nanos()));
  }

  void accept(Work work) {
    locked(() -> carrier.accept(work, dispatcher::add));
  }

  /** What was sent last for each item, by partition. */
  Map<Integer, List<TicketLink>> links() {
    return monitor.get(() -> books.ledger().newest());
  }

  /**
   * Takes in an event that is in no topic.
   *
   * @return false if its partition is not ours, or something of its item is to be delivered anyway
   */
  boolean mend(int partition, ActionEvent event) {
    boolean[] taken = new boolean[1];
    locked(
        () -> {
          Claim claim = claims.get(partition);
          if (claim != null && !claim.isDraining() && dispatcher.isIdle(event.getItemId())) {
            carrier.accept(Work.of(claim, event), dispatcher::add);
            taken[0] = true;
          }
        });
    return taken[0];
  }

  /** A record that is no event. */
  void bury(Claim claim, ConsumerRecord<byte[], byte[]> raw, String error) {
    LOG.atWarn()
        .addKeyValue("sink", parts.name())
        .addKeyValue("partition", claim.partition())
        .addKeyValue("offset", raw.offset())
        .addKeyValue("error", error)
        .log("Sent a record to the dead letters");
    locked(
        () -> books.acknowledge(new Unread(claim, raw.offset()), books.bury(List.of(raw), error)));
  }

  /** Runs something on claims while nothing else touches them. */
  void locked(Runnable step) {
    monitor.run(step);
  }

  /** Looks something up in the books. */
  <T> T look(Function<Books, T> question) {
    return monitor.get(() -> question.apply(books));
  }

  /** Events that were read and are not finished. */
  int waiting() {
    return monitor.get(this::backlog);
  }

  private int backlog() {
    return dispatcher.waiting() + dispatcher.running() + carrier.held();
  }

  /** Whether nothing more should be read for now. */
  boolean isFull() {
    return monitor.get(
        () ->
            carrier.isFull()
                || dispatcher.waiting() + dispatcher.running() >= parts.settings().buffer()
                || dispatcher.waitingBytes() >= MAX_WAITING_BYTES);
  }

  /** Whether there is room for much again. */
  boolean isHalfEmpty() {
    return monitor.get(
        () ->
            !carrier.isFull()
                && dispatcher.waiting() + dispatcher.running() <= parts.settings().buffer() / 2
                && dispatcher.waitingBytes() <= MAX_WAITING_BYTES / 2);
  }

  /** Whether there is room, and a receiver that takes what it is sent. */
  boolean isFlowing() {
    return isHalfEmpty()
        && monitor.get(
            () -> !gate.isStopped() && dispatcher.breakerState() == CircuitBreaker.State.CLOSED);
  }

  /** Whether anything about an item waits already, so that a newer event can join it. */
  boolean isWaitingFor(String itemId) {
    return monitor.get(() -> !dispatcher.isIdle(itemId));
  }

  void publishMetrics() {
    locked(
        () -> {
          boolean spent = books.budget().isSpent(parts.timing().clock().instant());
          parts.metrics().backlog(backlog());
          parts.metrics().budgetSpent(spent);
          parts.metrics().breaker(dispatcher.breakerState());
          parts.metrics().stopped(gate.isStopped());
        });
    // Without the lock: what writes may wait for the broker.
    monitor
        .get(
            () ->
                reporter.report(
                    gate,
                    dispatcher.breakerState(),
                    books.budget().isSpent(parts.timing().clock().instant())))
        .run();
  }

  /** Throws what made going on impossible, if anything did. */
  void check() {
    Optional<Throwable> cause = monitor.get(books::failure);
    if (cause.isPresent()) {
      throw new IllegalStateException("the sink's books could not be written", cause.get());
    }
  }

  /**
   * Starts nothing more for these claims and waits until what is under way has ended. What has not
   * by then is interrupted.
   *
   * @return whether all ended in time
   */
  boolean drain(Collection<Claim> claims, Duration limit) {
    locked(() -> claims.forEach(Claim::drain));
    if (awaitSettled(claims, limit)) {
      return true;
    }
    locked(
        () ->
            underWay.forEach(
                (errand, thread) -> {
                  if (errand.isOf(claims)) {
                    thread.interrupt();
                  }
                }));
    return awaitSettled(claims, Duration.ofSeconds(1));
  }

  private boolean awaitSettled(Collection<Claim> claims, Duration limit) {
    return await(limit, () -> claims.stream().allMatch(Claim::isSettled));
  }

  /** Forgets claims that belong to somebody else now. */
  void forget(Collection<Claim> claims) {
    locked(
        () -> {
          claims.forEach(Claim::close);
          carrier.forget(claims);
          dispatcher.drop(claims);
          claims.forEach(claim -> this.claims.remove(claim.partition().partition(), claim));
          claims.forEach(claim -> books.drop(claim.partition().partition()));
        });
  }

  void pause(boolean now) {
    locked(() -> gate.pause(now));
  }

  boolean isPaused() {
    return monitor.get(gate::isPaused);
  }

  boolean isGone() {
    return monitor.get(gate::isGone);
  }

  /** Lets the delivering threads end. */
  void close() {
    locked(gate::close);
  }

  // ---- for the threads that deliver

  /** Delivers until the desk is closed. */
  void deliverAll() {
    while (true) {
      Optional<W> errand;
      try {
        errand = monitor.waiting(this::awaitNext);
      } catch (InterruptedException e) {
        // Meant for a delivery that has ended meanwhile; whether to go on is the desk's to say.
        continue;
      }
      if (errand.isEmpty()) {
        return;
      }
      deliver(errand.get());
    }
  }

  /** Delivers one, if one may start now. */
  boolean deliverOne() {
    Optional<W> errand = monitor.get(this::take);
    errand.ifPresent(this::deliver);
    return errand.isPresent();
  }

  private Optional<W> awaitNext() throws InterruptedException {
    while (!gate.isClosed()) {
      Optional<W> errand = take();
      if (errand.isPresent()) {
        return errand;
      }
      long now = nanos();
      long pause = Math.min(dispatcher.untilNext(now), carrier.untilRelease());
      monitor.await(mayStart(now) ? pause : Long.MAX_VALUE);
    }
    return Optional.empty();
  }

  private Optional<W> take() {
    long now = nanos();
    if (!mayStart(now)) {
      return Optional.empty();
    }
    carrier.release(dispatcher::add);
    Optional<W> next = dispatcher.next(now);
    next.ifPresent(errand -> underWay.put(errand, Thread.currentThread()));
    return next;
  }

  private boolean mayStart(long now) {
    return gate.isOpen(now) && books.hasRoom();
  }

  private void deliver(W errand) {
    long began = nanos();
    Delivery delivery;
    try {
      delivery = attempt(errand);
    } catch (InterruptedException e) {
      locked(
          () -> {
            underWay.remove(errand);
            dispatcher.abandoned(errand, nanos());
          });
      return;
    }
    parts.metrics().attempted(delivery.outcome(), Duration.ofNanos(nanos() - began));
    locked(
        () -> {
          underWay.remove(errand);
          delivery.settle(new Outcome<>(parts, dispatcher, carrier, books, gate, errand));
        });
  }

  private Delivery attempt(W errand) throws InterruptedException {
    try {
      return carrier.attempt(errand);
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("sink", parts.name())
          .addKeyValue("item", errand.lane())
          .setCause(e)
          .log("A sink failed unexpectedly");
      return Delivery.retry("unexpected " + e.getClass().getSimpleName());
    }
  }

  /** Waits at most this long until nothing is unfinished; for tests and shutdown. */
  boolean awaitIdle(Duration limit) throws InterruptedException {
    boolean idle = await(limit, () -> backlog() + books.unacknowledged() == 0);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return idle;
  }

  private boolean await(Duration limit, BooleanSupplier condition) {
    try {
      return monitor.waiting(
          () -> {
            long left = limit.toNanos();
            while (!condition.getAsBoolean()) {
              if (left <= 0) {
                return false;
              }
              left = monitor.await(left);
            }
            return true;
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private long nanos() {
    return parts.timing().nanos().getAsLong();
  }
}
