package dev.sluice.sinks.runner;

import dev.sluice.events.TicketLink;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the thread that reads and the threads that deliver meet. Everything they share is touched
 * under one lock; the sink itself is called outside it.
 */
final class Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  /** Delivered and not yet durable in {@code tickets.v1}: what a crash may repeat at most. */
  static final int MAX_UNACKNOWLEDGED = 1_000;

  /**
   * How long after a poll deliveries may start. A process that slept longer may have lost its
   * partitions without knowing.
   */
  static final Duration LEASE = Duration.ofSeconds(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final RunnerParts parts;
  private final SinkDescriptor descriptor;
  private final Ledger ledger = new Ledger();
  private final Dispatcher dispatcher;
  private final Map<Work, Thread> underWay = new IdentityHashMap<>();
  private int unacknowledged;
  private long leaseUntil;
  private boolean paused;
  private boolean gone;
  private boolean closed;
  private Throwable failure;

  Desk(RunnerParts parts) {
    this.parts = parts;
    this.descriptor = parts.descriptor();
    SinkSettings settings = parts.settings();
    boolean cleared = settings.cleared() && descriptor.carriesEmbargoed();
    Judge judge = new Judge(parts.name(), descriptor.wants(), cleared, ledger, parts.metrics());
    DispatchRules rules = DispatchRules.of(settings, descriptor.wants(), parts.random());
    this.leaseUntil = parts.timing().nanos().getAsLong();
    this.dispatcher = new Dispatcher(rules, judge, parts.timing().nanos().getAsLong());
  }

  // ---- for the thread that reads

  /** A partition is ours. */
  void open(Claim claim) {
    locked(() -> ledger.open(claim.partition().partition()));
  }

  /** What was sent of a partition before it was ours. */
  void recall(int partition, TicketLink link) {
    locked(() -> ledger.put(partition, link));
  }

  /** The group still knows us: deliveries may start for another while. */
  void renewLease() {
    locked(() -> leaseUntil = parts.timing().nanos().getAsLong() + LEASE.toNanos());
  }

  void accept(Work work) {
    locked(() -> dispatcher.add(work));
  }

  /** A record that is no event. */
  void bury(Claim claim, ConsumerRecord<byte[], byte[]> raw, String error) {
    locked(
        () -> {
          LOG.atWarn()
              .addKeyValue("sink", parts.name())
              .addKeyValue("partition", claim.partition())
              .addKeyValue("offset", raw.offset())
              .addKeyValue("error", error)
              .log("Sent a record to the dead letters");
          parts.metrics().buried();
          acknowledge(
              claim,
              List.of(raw.offset()),
              List.of(parts.deadLetters().bury(raw, error, parts.timing().clock().instant())));
        });
  }

  /** Runs something on claims while nothing else touches them. */
  void locked(Runnable step) {
    lock.lock();
    try {
      step.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return dispatcher.waiting() + dispatcher.running();
    } finally {
      lock.unlock();
    }
  }

  long waitingBytes() {
    lock.lock();
    try {
      return dispatcher.waitingBytes();
    } finally {
      lock.unlock();
    }
  }

  void publishMetrics() {
    locked(
        () -> {
          parts.metrics().backlog(dispatcher.waiting() + dispatcher.running());
          parts.metrics().breaker(dispatcher.breakerState());
          parts.metrics().stopped(paused || gone);
        });
  }

  /** Throws what made going on impossible, if anything did. */
  void check() {
    Throwable cause;
    lock.lock();
    try {
      cause = failure;
      failure = null;
    } finally {
      lock.unlock();
    }
    if (cause != null) {
      throw new IllegalStateException("the sink's books could not be written", cause);
    }
  }

  /**
   * Starts nothing more for these claims and waits until what is under way has ended. What has not
   * by then is interrupted.
   *
   * @return whether all ended in time
   */
  boolean drain(Collection<Claim> claims, Duration limit) {
    lock.lock();
    try {
      claims.forEach(Claim::drain);
      if (awaitSettled(claims, limit)) {
        return true;
      }
      underWay.forEach(
          (work, thread) -> {
            if (claims.contains(work.claim())) {
              thread.interrupt();
            }
          });
      return awaitSettled(claims, Duration.ofSeconds(1));
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitSettled(Collection<Claim> claims, Duration limit) {
    long left = limit.toNanos();
    try {
      while (!claims.stream().allMatch(Claim::isSettled)) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Forgets claims that belong to somebody else now. */
  void forget(Collection<Claim> claims) {
    locked(
        () -> {
          for (Claim claim : claims) {
            claim.close();
            dispatcher.drop(claim);
            ledger.drop(claim.partition().partition());
          }
        });
  }

  void pause(boolean now) {
    locked(
        () -> {
          paused = now;
          gate();
        });
  }

  boolean isGone() {
    lock.lock();
    try {
      return gone;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the delivering threads end. */
  void close() {
    locked(
        () -> {
          closed = true;
          gate();
        });
  }

  private void gate() {
    if (paused || gone || closed) {
      dispatcher.stop();
    } else {
      dispatcher.start();
    }
  }

  // ---- for the threads that deliver

  /** Delivers until the desk is closed. */
  void deliverAll() {
    while (true) {
      Job job;
      try {
        job = await();
      } catch (InterruptedException e) {
        // Meant for a delivery that has ended meanwhile; whether to go on is the desk's to say.
        continue;
      }
      if (job == null) {
        return;
      }
      run(job);
    }
  }

  /** Delivers one, if one may start now. */
  boolean deliverOne() {
    Optional<Job> job;
    lock.lock();
    try {
      job = take();
    } finally {
      lock.unlock();
    }
    job.ifPresent(this::run);
    return job.isPresent();
  }

  /** What a delivering thread needs besides the lock. */
  private record Job(Work work, Optional<TicketLink> link, Optional<TicketLink> earlier) {}

  private Job await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        Optional<Job> job = take();
        if (job.isPresent()) {
          return job.get();
        }
        long now = parts.timing().nanos().getAsLong();
        long pause = mayStart(now) ? dispatcher.untilNext(now) : Long.MAX_VALUE;
        if (pause == Long.MAX_VALUE) {
          changed.await();
        } else {
          changed.awaitNanos(pause);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Job> take() {
    long now = parts.timing().nanos().getAsLong();
    Optional<Work> next = mayStart(now) ? dispatcher.next(now) : Optional.empty();
    return next.map(
        work -> {
          underWay.put(work, Thread.currentThread());
          int partition = work.claim().partition().partition();
          return new Job(
              work,
              ledger.of(partition, work.itemId(), work.episode()),
              ledger.before(partition, work.itemId(), work.episode()));
        });
  }

  private boolean mayStart(long now) {
    return unacknowledged < MAX_UNACKNOWLEDGED && now - leaseUntil < 0;
  }

  private void run(Job job) {
    Work work = job.work();
    long began = parts.timing().nanos().getAsLong();
    Delivery delivery;
    try {
      delivery = attempt(job);
    } catch (InterruptedException e) {
      locked(
          () -> {
            underWay.remove(work);
            dispatcher.abandoned(work, parts.timing().nanos().getAsLong());
          });
      return;
    }
    long took = parts.timing().nanos().getAsLong() - began;
    parts.metrics().attempted(delivery.outcome(), Duration.ofNanos(took));
    locked(
        () -> {
          underWay.remove(work);
          delivery.settle(new Books(job));
        });
  }

  private Delivery attempt(Job job) throws InterruptedException {
    Work work = job.work();
    try {
      boolean intended = job.link().isPresent();
      if (descriptor.recordsIntent() && !intended) {
        recordIntent(work);
      }
      SinkContext context =
          new SinkContext(
              work.tries() + 1,
              work.event().getId(),
              TicketLinks.marker(parts.name(), work.itemId(), work.episode()),
              job.link(),
              job.earlier(),
              intended && job.link().get().getKey() == null);
      Sink sink = parts.sink();
      return sink.deliver(work.item(), work.event(), context);
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("sink", parts.name())
          .addKeyValue("item", work.itemId())
          .setCause(e)
          .log("A sink failed unexpectedly");
      return Delivery.retry("unexpected " + e.getClass().getSimpleName());
    }
  }

  private void recordIntent(Work work) throws InterruptedException {
    int partition = work.claim().partition().partition();
    TicketLink intent = TicketLinks.intent(parts.name(), work, parts.timing().clock().instant());
    try {
      parts.tickets().append(partition, intent).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an intent could not be written", e.getCause());
    }
    locked(() -> ledger.put(partition, intent));
  }

  /** Enters one outcome. Called under the lock. */
  private final class Books implements Delivery.Settlement {
    private final Work work;
    private final Job job;

    Books(Job job) {
      this.work = job.work();
      this.job = job;
    }

    @Override
    public void delivered(Delivery.Receipt receipt) {
      Instant now = parts.timing().clock().instant();
      if (work.event().getAt() != null) {
        parts.metrics().delivered(Duration.between(work.event().getAt(), now));
      }
      boolean ours = !work.claim().isEnded();
      // The hold on the claim passes from the delivery to its acknowledgement without a gap.
      if (ours) {
        int partition = work.claim().partition().partition();
        TicketLink link = TicketLinks.sent(parts.name(), work, job.link(), receipt, now);
        ledger.put(partition, link);
        acknowledge(work.claim(), work.offsets(), List.of(parts.tickets().append(partition, link)));
      }
      dispatcher.delivered(work, parts.timing().nanos().getAsLong());
    }

    @Override
    public void retry(Optional<Duration> after, String reason) {
      log(reason, "A delivery is to be tried again");
      long now = parts.timing().nanos().getAsLong();
      boolean givenUp = dispatcher.failed(work, after.map(Duration::toNanos), now);
      if (givenUp) {
        buryAll("gave up after " + (work.tries() + 1) + " attempts: " + reason);
      }
    }

    @Override
    public void rejected(String reason) {
      log(reason, "A delivery was rejected");
      if (!work.claim().isEnded()) {
        buryAll(reason);
      }
      dispatcher.answered(work, parts.timing().nanos().getAsLong());
    }

    @Override
    public void gone(String reason) {
      if (!gone) {
        LOG.atError()
            .addKeyValue("sink", parts.name())
            .addKeyValue("reason", reason)
            .log(
                "The receiver is gone for good: this sink sends nothing more until it is set up"
                    + " anew and restarted; its events wait in the topic");
      }
      gone = true;
      gate();
      dispatcher.abandoned(work, parts.timing().nanos().getAsLong());
    }

    private void buryAll(String reason) {
      Instant now = parts.timing().clock().instant();
      List<CompletableFuture<Void>> burials = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> raw : work.records()) {
        parts.metrics().buried();
        burials.add(parts.deadLetters().bury(raw, reason, now));
      }
      acknowledge(work.claim(), work.offsets(), burials);
    }

    private void log(String reason, String message) {
      LOG.atInfo()
          .addKeyValue("sink", parts.name())
          .addKeyValue("item", work.itemId())
          .addKeyValue("attempt", work.tries() + 1)
          .addKeyValue("reason", reason)
          .log(message);
    }
  }

  /** Finishes offsets once everything about them is durable. Called under the lock. */
  private void acknowledge(Claim claim, List<Long> offsets, List<CompletableFuture<Void>> writes) {
    claim.begin();
    unacknowledged++;
    CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
        .whenComplete(
            (done, error) ->
                locked(
                    () -> {
                      claim.end();
                      unacknowledged--;
                      if (error == null) {
                        offsets.forEach(claim::finished);
                      } else if (failure == null) {
                        failure = error;
                      }
                    }));
  }

  /** Waits at most this long for a change; for tests and shutdown. */
  boolean awaitIdle(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (dispatcher.waiting() + dispatcher.running() + unacknowledged > 0) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
