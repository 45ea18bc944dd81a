package dev.sluice.sinks.runner;

import dev.sluice.sinks.SinkDescriptor.Wants;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Decides what may be delivered now: never two of one item, not more at once than allowed, not
 * before a pause is over. It knows no threads and no clock: every call is told the time, in
 * nanoseconds of a clock that only goes forward. Not thread safe.
 */
final class Dispatcher<W extends Errand<W>> {
  private final DispatchRules rules;
  private final Predicate<W> judge;
  private final TokenBucket bucket;
  private final CircuitBreaker breaker;
  private final Map<String, Lane<W>> lanes = new HashMap<>();
  private final Deque<Lane<W>> ready = new ArrayDeque<>();
  private final PriorityQueue<Lane<W>> resting =
      new PriorityQueue<>(Comparator.comparingLong(lane -> lane.notBefore));
  private long heldUntil = Long.MIN_VALUE;
  private long successes;
  private int running;
  private int waiting;
  private long waitingBytes;

  Dispatcher(DispatchRules rules, Predicate<W> judge, long now) {
    this.rules = rules;
    this.judge = judge;
    this.bucket = new TokenBucket(rules.rate(), rules.burst(), now);
    this.breaker = rules.breaker();
  }

  /** One queue, an item's for example. */
  private static final class Lane<W> {
    final String name;
    final Deque<W> queue = new ArrayDeque<>();
    W running;
    boolean listed;
    boolean resting;
    long notBefore = Long.MIN_VALUE;

    Lane(String name) {
      this.name = name;
    }
  }

  /** Whether nothing of a lane waits or is under way. */
  boolean isIdle(String lane) {
    return !lanes.containsKey(lane);
  }

  /** Takes an event in; it may join one that waits. */
  void add(W work) {
    Lane<W> lane = lanes.computeIfAbsent(work.lane(), Lane::new);
    enqueue(lane, work);
    list(lane);
  }

  /**
   * What may start now, if anything. W that the judge skips on the way is finished without a
   * delivery.
   */
  Optional<W> next(long now) {
    if (untilOpen(now) > 0) {
      return Optional.empty();
    }
    wake(now);
    for (Lane<W> lane = ready.poll(); lane != null; lane = ready.poll()) {
      lane.listed = false;
      W work = lane.queue.peek();
      if (work == null || lane.running != null || work.isDraining()) {
        continue;
      }
      if (!judge.test(work)) {
        dequeue(lane);
        work.finish();
        list(lane);
        continue;
      }
      if (!bucket.tryTake(now)) {
        lane.listed = true;
        ready.addFirst(lane);
        return Optional.empty();
      }
      dequeue(lane);
      lane.running = work;
      running++;
      work.begin();
      breaker.started();
      return Optional.of(work);
    }
    return Optional.empty();
  }

  /** The receiver took it. The caller finishes the offsets when that is durable. */
  void delivered(W work, long now) {
    successes++;
    answered(work, now);
  }

  /** The receiver answered that it will never take it. The caller buries it. */
  void answered(W work, long now) {
    list(release(work));
    if (breaker.succeeded()) {
      // The pauses were drawn while everything failed; they say nothing about the single item.
      resting.forEach(lane -> lane.notBefore = now);
      wake(now);
    }
  }

  /**
   * The attempt failed.
   *
   * @param after nanoseconds that the receiver asked for; they hold the whole sink
   * @return whether the work is given up: it is no longer here, and the caller has to bury it
   */
  boolean failed(W work, Optional<Long> after, long now) {
    W again = work.failed(successes);
    Lane<W> lane = release(work);
    boolean held = after.isPresent() && after.get() > 0;
    if (held) {
      heldUntil = now + Math.min(after.get(), rules.longestHoldNanos());
      breaker.abandoned(now);
    } else {
      breaker.failed(now);
    }
    if (work.isEnded()) {
      list(lane);
      return false;
    }
    if (again.strikes() >= rules.attempts()) {
      list(lane);
      return true;
    }
    lanes.putIfAbsent(lane.name, lane);
    requeue(lane, again);
    rest(lane, held ? now : now + rules.backoff().pause(again.tries()), now);
    return false;
  }

  /** The attempt was broken off or stopped the sink; the work waits where it was. */
  void abandoned(W work, long now) {
    Lane<W> lane = release(work);
    breaker.abandoned(now);
    if (!work.isEnded()) {
      lanes.putIfAbsent(lane.name, lane);
      requeue(lane, work);
    }
    list(lane);
  }

  /** Forgets what waits for partitions. What is under way comes back by itself. */
  void drop(Collection<Claim> claims) {
    for (Lane<W> lane : new ArrayList<>(lanes.values())) {
      int before = lane.queue.size();
      long bytes = lane.queue.stream().filter(work -> work.isOf(claims)).mapToLong(W::bytes).sum();
      if (lane.queue.removeIf(work -> work.isOf(claims))) {
        waiting -= before - lane.queue.size();
        waitingBytes -= bytes;
        if (lane.queue.isEmpty() && lane.resting) {
          resting.remove(lane);
          lane.resting = false;
        }
        forgetIfIdle(lane);
      }
    }
  }

  /** Nanoseconds until {@link #next} is worth asking again; {@code Long.MAX_VALUE}: not by time. */
  long untilNext(long now) {
    long pause = untilOpen(now);
    if (pause > 0) {
      return pause;
    }
    if (!ready.isEmpty()) {
      return Math.max(1, bucket.untilToken(now));
    }
    return resting.isEmpty() ? Long.MAX_VALUE : Math.max(1, resting.peek().notBefore - now);
  }

  /** Events that wait, joined ones counted as one. */
  int waiting() {
    return waiting;
  }

  long waitingBytes() {
    return waitingBytes;
  }

  /** Deliveries under way. */
  int running() {
    return running;
  }

  CircuitBreaker.State breakerState() {
    return breaker.state();
  }

  private long untilOpen(long now) {
    if (running >= rules.concurrency()) {
      return Long.MAX_VALUE;
    }
    long breakerPause = breaker.untilAllowed(now);
    return Math.max(breakerPause, heldUntil == Long.MIN_VALUE ? 0 : Math.max(0, heldUntil - now));
  }

  private void wake(long now) {
    while (!resting.isEmpty() && resting.peek().notBefore <= now) {
      Lane<W> lane = resting.poll();
      lane.resting = false;
      list(lane);
    }
  }

  private void rest(Lane<W> lane, long until, long now) {
    if (until <= now) {
      list(lane);
      return;
    }
    lane.notBefore = until;
    lane.resting = true;
    resting.add(lane);
  }

  private Lane<W> release(W work) {
    Lane<W> lane = lanes.get(work.lane());
    lane.running = null;
    running--;
    work.end();
    forgetIfIdle(lane);
    return lane;
  }

  private void list(Lane<W> lane) {
    forgetIfIdle(lane);
    if (!lane.listed && !lane.resting && lane.running == null && !lane.queue.isEmpty()) {
      lane.listed = true;
      ready.addLast(lane);
    }
  }

  private void forgetIfIdle(Lane<W> lane) {
    if (lane.running == null && lane.queue.isEmpty()) {
      lanes.remove(lane.name, lane);
    }
  }

  private void enqueue(Lane<W> lane, W work) {
    Optional<W> one = join(lane.queue.peekLast(), work);
    if (one.isPresent()) {
      count(lane.queue.pollLast(), -1);
    }
    lane.queue.addLast(one.orElse(work));
    count(lane.queue.peekLast(), 1);
  }

  private void requeue(Lane<W> lane, W work) {
    Optional<W> one = join(work, lane.queue.peekFirst());
    if (one.isPresent()) {
      count(lane.queue.pollFirst(), -1);
    }
    lane.queue.addFirst(one.orElse(work));
    count(lane.queue.peekFirst(), 1);
  }

  private Optional<W> join(W older, W newer) {
    boolean both = older != null && newer != null && rules.wants() == Wants.CURRENT_STATE;
    return both ? older.joined(newer) : Optional.empty();
  }

  private void dequeue(Lane<W> lane) {
    count(lane.queue.pollFirst(), -1);
  }

  private void count(W work, int sign) {
    waiting += sign;
    waitingBytes += sign * work.bytes();
  }
}
