package dev.sluice.sinks.runner;

import dev.sluice.sinks.SinkDescriptor.Wants;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * Decides what may be delivered now: never two of one item, not more at once than allowed, not
 * before a pause is over. It knows no threads and no clock: every call is told the time, in
 * nanoseconds of a clock that only goes forward. Not thread safe.
 */
final class Dispatcher {
  /** What to do with work whose turn it is. */
  enum Turn {
    SEND,
    SKIP
  }

  private final DispatchRules rules;
  private final Function<Work, Turn> judge;
  private final TokenBucket bucket;
  private final CircuitBreaker breaker;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Deque<Lane> ready = new ArrayDeque<>();
  private final PriorityQueue<Lane> resting =
      new PriorityQueue<>(Comparator.comparingLong(lane -> lane.notBefore));
  private long heldUntil = Long.MIN_VALUE;
  private boolean stopped;
  private long successes;
  private int running;
  private int waiting;
  private long waitingBytes;

  Dispatcher(DispatchRules rules, Function<Work, Turn> judge, long now) {
    this.rules = rules;
    this.judge = judge;
    this.bucket = new TokenBucket(rules.rate(), rules.burst(), now);
    this.breaker = rules.breaker();
  }

  /** One item's queue. */
  private static final class Lane {
    final String itemId;
    final Deque<Work> queue = new ArrayDeque<>();
    Work running;
    boolean listed;
    boolean resting;
    long notBefore = Long.MIN_VALUE;

    Lane(String itemId) {
      this.itemId = itemId;
    }
  }

  /** Takes an event in; it may join one that waits. */
  void add(Work work) {
    Lane lane = lanes.computeIfAbsent(work.itemId(), Lane::new);
    enqueue(lane, work);
    list(lane);
  }

  /**
   * What may start now, if anything. Work that the judge skips on the way is finished without a
   * delivery.
   */
  Optional<Work> next(long now) {
    if (untilOpen(now) > 0) {
      return Optional.empty();
    }
    wake(now);
    for (Lane lane = ready.poll(); lane != null; lane = ready.poll()) {
      lane.listed = false;
      Work work = lane.queue.peek();
      if (work == null || lane.running != null || work.claim().isDraining()) {
        continue;
      }
      if (judge.apply(work) == Turn.SKIP) {
        dequeue(lane);
        work.offsets().forEach(work.claim()::finished);
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
      work.claim().begin();
      breaker.started();
      return Optional.of(work);
    }
    return Optional.empty();
  }

  /** The receiver took it. The caller finishes the offsets when that is durable. */
  void delivered(Work work, long now) {
    successes++;
    answered(work, now);
  }

  /** The receiver answered that it will never take it. The caller buries it. */
  void answered(Work work, long now) {
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
  boolean failed(Work work, Optional<Long> after, long now) {
    Work again = work.failed(successes);
    Lane lane = release(work);
    boolean held = after.isPresent() && after.get() > 0;
    if (held) {
      heldUntil = now + Math.min(after.get(), rules.longestHoldNanos());
      breaker.abandoned(now);
    } else {
      breaker.failed(now);
    }
    if (work.claim().isEnded()) {
      list(lane);
      return false;
    }
    if (again.strikes() >= rules.attempts()) {
      list(lane);
      return true;
    }
    lanes.putIfAbsent(lane.itemId, lane);
    requeue(lane, again);
    rest(lane, held ? now : now + rules.backoff().pause(again.tries()), now);
    return false;
  }

  /** The attempt was broken off or stopped the sink; the work waits where it was. */
  void abandoned(Work work, long now) {
    Lane lane = release(work);
    breaker.abandoned(now);
    if (!work.claim().isEnded()) {
      lanes.putIfAbsent(lane.itemId, lane);
      requeue(lane, work);
    }
    list(lane);
  }

  /** Forgets what waits for a partition. What is under way comes back by itself. */
  void drop(Claim claim) {
    for (Lane lane : new ArrayList<>(lanes.values())) {
      int before = lane.queue.size();
      long bytes = lane.queue.stream().filter(w -> w.claim() == claim).mapToLong(Work::bytes).sum();
      if (lane.queue.removeIf(work -> work.claim() == claim)) {
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

  /** Starts nothing more until {@link #start}. */
  void stop() {
    stopped = true;
  }

  void start() {
    stopped = false;
  }

  boolean isStopped() {
    return stopped;
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
    if (stopped || running >= rules.concurrency()) {
      return Long.MAX_VALUE;
    }
    long breakerPause = breaker.untilAllowed(now);
    return Math.max(breakerPause, heldUntil == Long.MIN_VALUE ? 0 : Math.max(0, heldUntil - now));
  }

  private void wake(long now) {
    while (!resting.isEmpty() && resting.peek().notBefore <= now) {
      Lane lane = resting.poll();
      lane.resting = false;
      list(lane);
    }
  }

  private void rest(Lane lane, long until, long now) {
    if (until <= now) {
      list(lane);
      return;
    }
    lane.notBefore = until;
    lane.resting = true;
    resting.add(lane);
  }

  private Lane release(Work work) {
    Lane lane = lanes.get(work.itemId());
    lane.running = null;
    running--;
    work.claim().end();
    forgetIfIdle(lane);
    return lane;
  }

  private void list(Lane lane) {
    forgetIfIdle(lane);
    if (!lane.listed && !lane.resting && lane.running == null && !lane.queue.isEmpty()) {
      lane.listed = true;
      ready.addLast(lane);
    }
  }

  private void forgetIfIdle(Lane lane) {
    if (lane.running == null && lane.queue.isEmpty()) {
      lanes.remove(lane.itemId, lane);
    }
  }

  private void enqueue(Lane lane, Work work) {
    Work last = lane.queue.peekLast();
    if (rules.wants() == Wants.CURRENT_STATE && last != null && last.joins(work)) {
      lane.queue.pollLast();
      count(last, -1);
      lane.queue.addLast(last.join(work));
    } else {
      lane.queue.addLast(work);
    }
    count(lane.queue.peekLast(), 1);
  }

  private void requeue(Lane lane, Work work) {
    Work behind = lane.queue.peekFirst();
    if (rules.wants() == Wants.CURRENT_STATE && behind != null && work.joins(behind)) {
      lane.queue.pollFirst();
      count(behind, -1);
      lane.queue.addFirst(work.join(behind));
    } else {
      lane.queue.addFirst(work);
    }
    count(lane.queue.peekFirst(), 1);
  }

  private void dequeue(Lane lane) {
    count(lane.queue.pollFirst(), -1);
  }

  private void count(Work work, int sign) {
    waiting += sign;
    waitingBytes += sign * work.bytes();
  }
}
