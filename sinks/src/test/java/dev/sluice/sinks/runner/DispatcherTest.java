package dev.sluice.sinks.runner;

import static dev.sluice.events.ActionEventType.CHANGED;
import static dev.sluice.events.ActionEventType.OPENED;
import static dev.sluice.events.ActionEventType.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEventType;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.SinkDescriptor.Wants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class DispatcherTest {
  private static final long SECOND = 1_000_000_000L;

  private final Claim claim = new Claim(new TopicPartition("t", 0), 0);
  private long offset;
  private long now = 1;

  @Test
  void neverTwoOfOneItemAtOnce() {
    Dispatcher<Work> dispatcher = dispatcher(8, 0);
    add(dispatcher, "a", 1, OPENED);
    add(dispatcher, "a", 2, CHANGED);
    Work first = dispatcher.next(now).orElseThrow();
    assertThat(dispatcher.next(now)).isEmpty();
    dispatcher.delivered(first, now);
    assertThat(dispatcher.next(now).orElseThrow().item().getRevision()).isEqualTo(2);
  }

  @Test
  void neverMoreThanItsConcurrency() {
    Dispatcher<Work> dispatcher = dispatcher(3, 0);
    for (int i = 0; i < 10; i++) {
      add(dispatcher, "item-" + i, 1, OPENED);
    }
    List<Work> running = drain(dispatcher);
    assertThat(running).hasSize(3);
    dispatcher.delivered(running.get(0), now);
    assertThat(drain(dispatcher)).hasSize(1);
  }

  @Test
  void anotherItemGoesOnWhileOneRests() {
    Dispatcher<Work> dispatcher = dispatcher(1, 0);
    add(dispatcher, "a", 1, OPENED);
    add(dispatcher, "b", 1, OPENED);
    Work failed = dispatcher.next(now).orElseThrow();
    assertThat(dispatcher.failed(failed, Optional.empty(), now)).isFalse();
    assertThat(dispatcher.next(now).orElseThrow().itemId()).isEqualTo("b");
    assertThat(dispatcher.next(now)).isEmpty();
  }

  @Test
  void whatFailedComesAgainAfterItsPauseAndBeforeWhatIsNewer() {
    Dispatcher<Work> dispatcher = dispatcher(1, 0);
    add(dispatcher, "a", 1, OPENED);
    add(dispatcher, "a", 2, CHANGED);
    dispatcher.failed(dispatcher.next(now).orElseThrow(), Optional.empty(), now);
    assertThat(dispatcher.next(now)).isEmpty();
    now += dispatcher.untilNext(now);
    Work again = dispatcher.next(now).orElseThrow();
    assertThat(again.item().getRevision()).isEqualTo(1);
    assertThat(again.tries()).isEqualTo(1);
  }

  @Test
  void retryAfterHoldsTheWholeSink() {
    Dispatcher<Work> dispatcher = dispatcher(4, 0);
    add(dispatcher, "a", 1, OPENED);
    add(dispatcher, "b", 1, OPENED);
    dispatcher.failed(dispatcher.next(now).orElseThrow(), Optional.of(30 * SECOND), now);
    now += 29 * SECOND;
    assertThat(dispatcher.next(now)).isEmpty();
    assertThat(dispatcher.untilNext(now)).isEqualTo(SECOND);
    now += SECOND;
    assertThat(drain(dispatcher)).hasSize(2);
  }

  @Test
  void retryAfterIsHonouredUpToALimit() {
    Dispatcher<Work> dispatcher = dispatcher(4, 0);
    add(dispatcher, "a", 1, OPENED);
    dispatcher.failed(dispatcher.next(now).orElseThrow(), Optional.of(86_400 * SECOND), now);
    assertThat(dispatcher.untilNext(now)).isEqualTo(3_600 * SECOND);
  }

  @Test
  void breakerStopsAllAndSendsOneProbe() {
    Dispatcher<Work> dispatcher = dispatcher(8, 0);
    for (int i = 0; i < 20; i++) {
      add(dispatcher, "item-" + i, 1, OPENED);
    }
    for (int i = 0; i < 5; i++) {
      dispatcher.failed(dispatcher.next(now).orElseThrow(), Optional.empty(), now);
    }
    assertThat(dispatcher.breakerState()).isEqualTo(CircuitBreaker.State.OPEN);
    assertThat(dispatcher.next(now)).isEmpty();
    now += 5 * SECOND;
    Work probe = dispatcher.next(now).orElseThrow();
    assertThat(dispatcher.next(now)).as("one probe at a time").isEmpty();
    dispatcher.failed(probe, Optional.empty(), now);
    now += 9 * SECOND;
    assertThat(dispatcher.next(now)).as("the pause has doubled").isEmpty();
    now += SECOND;
    dispatcher.delivered(dispatcher.next(now).orElseThrow(), now);
    assertThat(dispatcher.breakerState()).isEqualTo(CircuitBreaker.State.CLOSED);
    assertThat(drain(dispatcher)).hasSize(8);
  }

  @Test
  void anOutageBuriesNothing() {
    Dispatcher<Work> dispatcher = dispatcher(4, 0);
    for (int i = 0; i < 10; i++) {
      add(dispatcher, "item-" + i, 1, OPENED);
    }
    for (int round = 0; round < 2_000; round++) {
      for (Work work : drain(dispatcher)) {
        assertThat(dispatcher.failed(work, Optional.empty(), now)).isFalse();
      }
      now += Math.max(1, dispatcher.untilNext(now));
    }
    assertThat(dispatcher.waiting()).isEqualTo(10);
  }

  @Test
  void anEventThatFailsWhileOthersSucceedIsGivenUp() {
    Dispatcher<Work> dispatcher = dispatcher(1, 0);
    add(dispatcher, "poison", 1, OPENED);
    boolean buried = false;
    int tries = 0;
    for (int i = 0; !buried && i < 1_000; i++) {
      add(dispatcher, "good-" + i, 1, OPENED);
      for (Optional<Work> next = dispatcher.next(now);
          next.isPresent();
          next = dispatcher.next(now)) {
        if (next.get().itemId().equals("poison")) {
          tries++;
          buried = dispatcher.failed(next.get(), Optional.empty(), now);
        } else {
          dispatcher.delivered(next.get(), now);
        }
      }
      now += 300 * SECOND;
    }
    assertThat(buried).isTrue();
    assertThat(tries).isEqualTo(5 + 1);
    assertThat(dispatcher.waiting()).isZero();
  }

  @Test
  void rateLimitsWhatStarts() {
    Dispatcher<Work> dispatcher = dispatcher(100, 2);
    for (int i = 0; i < 50; i++) {
      add(dispatcher, "item-" + i, 1, OPENED);
    }
    assertThat(drain(dispatcher)).hasSize(1);
    assertThat(dispatcher.untilNext(now)).isEqualTo(SECOND / 2);
    now += 5 * SECOND;
    assertThat(drain(dispatcher)).as("no more than the burst is saved up").hasSize(1);
  }

  @Test
  void waitingEventsOfAnEpisodeComeAsOne() {
    Dispatcher<Work> dispatcher = dispatcher(Wants.CURRENT_STATE, 4, 0);
    add(dispatcher, "a", 1, OPENED);
    Work opened = dispatcher.next(now).orElseThrow();
    for (int revision = 2; revision <= 11; revision++) {
      add(dispatcher, "a", revision, CHANGED);
    }
    assertThat(dispatcher.waiting()).isEqualTo(1);
    dispatcher.failed(opened, Optional.empty(), now);
    now += 10 * SECOND;
    Work joined = dispatcher.next(now).orElseThrow();
    assertThat(joined.event().getType()).isEqualTo(OPENED);
    assertThat(joined.item().getRevision()).isEqualTo(11);
    assertThat(joined.offsets()).hasSize(11);
    assertThat(joined.tries()).isEqualTo(1);
    dispatcher.delivered(joined, now);
    assertThat(dispatcher.next(now)).isEmpty();
  }

  @Test
  void aSinkOfEventsGetsEachOfThem() {
    Dispatcher<Work> dispatcher = dispatcher(Wants.EVERY_EVENT, 4, 0);
    for (int revision = 1; revision <= 5; revision++) {
      add(dispatcher, "a", revision, revision == 5 ? RESOLVED : CHANGED);
    }
    for (int revision = 1; revision <= 5; revision++) {
      Work work = dispatcher.next(now).orElseThrow();
      assertThat(work.item().getRevision()).isEqualTo(revision);
      dispatcher.delivered(work, now);
    }
  }

  @Test
  void whatIsSkippedIsFinished() {
    Dispatcher<Work> dispatcher =
        new Dispatcher<>(rules(Wants.EVERY_EVENT, 4, 0), work -> false, now);
    add(dispatcher, "a", 1, OPENED);
    add(dispatcher, "a", 2, CHANGED);
    assertThat(dispatcher.next(now)).isEmpty();
    assertThat(claim.committable()).isEqualTo(2);
    assertThat(dispatcher.waiting()).isZero();
  }

  @Test
  void aDrainingPartitionStartsNothing() {
    Dispatcher<Work> dispatcher = dispatcher(4, 0);
    add(dispatcher, "a", 1, OPENED);
    add(dispatcher, "b", 1, OPENED);
    Work running = dispatcher.next(now).orElseThrow();
    claim.drain();
    assertThat(dispatcher.next(now)).isEmpty();
    claim.close();
    dispatcher.drop(List.of(claim));
    assertThat(dispatcher.waiting()).isZero();
    dispatcher.failed(running, Optional.empty(), now);
    assertThat(dispatcher.waiting()).as("late results of a lost partition are forgotten").isZero();
    assertThat(claim.isSettled()).isTrue();
  }

  @Test
  void keepsOrderAndLosesNothingWhateverHappens() {
    Random random = new Random(11);
    Dispatcher<Work> dispatcher = dispatcher(5, 0);
    int[] added = new int[20];
    int[] seen = new int[20];
    List<Work> running = new ArrayList<>();
    for (int step = 0; step < 50_000; step++) {
      now += random.nextLong(SECOND / 10);
      int item = random.nextInt(20);
      if (step < 20_000 && random.nextBoolean()) {
        add(dispatcher, "" + item, ++added[item], CHANGED);
      }
      dispatcher.next(now).ifPresent(running::add);
      Set<String> items = new HashSet<>();
      assertThat(running).allMatch(work -> items.add(work.itemId())).hasSizeLessThanOrEqualTo(5);
      if (!running.isEmpty() && random.nextBoolean()) {
        Work work = running.remove(random.nextInt(running.size()));
        if (random.nextInt(4) == 0) {
          Optional<Long> after =
              random.nextInt(50) == 0 ? Optional.of(SECOND) : Optional.<Long>empty();
          if (!dispatcher.failed(work, after, now)) {
            continue;
          }
        } else {
          dispatcher.delivered(work, now);
        }
        int index = Integer.parseInt(work.itemId());
        assertThat(work.item().getRevision()).isEqualTo(++seen[index]);
      }
    }
    assertThat(seen).isEqualTo(added);
    assertThat(dispatcher.waiting()).isZero();
    assertThat(dispatcher.waitingBytes()).isZero();
  }

  private List<Work> drain(Dispatcher<Work> dispatcher) {
    List<Work> started = new ArrayList<>();
    for (Optional<Work> next = dispatcher.next(now);
        next.isPresent();
        next = dispatcher.next(now)) {
      started.add(next.get());
    }
    return started;
  }

  private Dispatcher<Work> dispatcher(int concurrency, double rate) {
    return dispatcher(Wants.EVERY_EVENT, concurrency, rate);
  }

  private Dispatcher<Work> dispatcher(Wants wants, int concurrency, double rate) {
    return new Dispatcher<>(rules(wants, concurrency, rate), work -> true, now);
  }

  private static DispatchRules rules(Wants wants, int concurrency, double rate) {
    return new DispatchRules(
        wants,
        concurrency,
        rate,
        1,
        5,
        3_600 * SECOND,
        new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), new Random(3)),
        new CircuitBreaker(5, Duration.ofSeconds(5), Duration.ofMinutes(2)));
  }

  private void add(Dispatcher<Work> dispatcher, String item, long revision, ActionEventType type) {
    ConsumerRecord<byte[], byte[]> raw =
        new ConsumerRecord<>("t", 0, offset++, item.getBytes(), new byte[100]);
    claim.read(raw.offset());
    dispatcher.add(Work.of(claim, raw, Samples.event(item, 1, revision, type), false));
  }
}
