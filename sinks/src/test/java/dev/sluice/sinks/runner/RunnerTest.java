package dev.sluice.sinks.runner;

import static dev.sluice.events.ActionEventType.CHANGED;
import static dev.sluice.events.ActionEventType.EXPLOITED;
import static dev.sluice.events.ActionEventType.OPENED;
import static dev.sluice.events.ActionEventType.REOPENED;
import static dev.sluice.events.ActionEventType.RESOLVED;
import static dev.sluice.sinks.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionItem;
import dev.sluice.events.Severity;
import dev.sluice.events.TicketLink;
import dev.sluice.events.TicketState;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.topics.AssetPartitioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Desk and intake together, on the test's own thread and in virtual time. */
final class RunnerTest {
  private static final int HOME =
      AssetPartitioner.partition(Samples.item("x").setId("x").build().getAsset(), Bench.PARTITIONS);

  private final Bench bench = new Bench(Wants.EVERY_EVENT, false, Map.of());

  @Test
  void deliversEachEventInOrderAndCommitsBehind() {
    bench.assign(0, 1);
    bench.send(event("a", 1, 1, OPENED)).send(event("a", 1, 2, CHANGED));
    bench.send(event("a", 1, 3, RESOLVED)).poll().work().poll();
    assertThat(bench.delivered)
        .containsExactly("a/1 OPENED delivered", "a/2 CHANGED delivered", "a/3 RESOLVED delivered");
    assertThat(bench.committed(HOME)).isEqualTo(3);
    TicketLink last = bench.links.get(HOME).get(2);
    assertThat(last.getState()).isEqualTo(TicketState.CLOSED);
    assertThat(last.getLastRevision()).isEqualTo(3);
    assertThat(last.getLastHash()).isEqualTo("hash-3");
  }

  @Test
  void commitsOnlyBehindFinishedWork() {
    bench.receiver =
        context ->
            context.idempotencyKey().startsWith("a") ? Delivery.retry("no") : Delivery.delivered();
    bench.assign(0, 1);
    bench.send(event("b", 1, 1, OPENED)).send(event("a", 1, 1, OPENED));
    bench.send(event("c", 1, 1, OPENED)).poll().work().poll();
    assertThat(bench.delivered).contains("c/1 OPENED delivered");
    assertThat(bench.committed(HOME)).isEqualTo(1);
    bench.receiver = context -> Delivery.delivered();
    bench.run(Duration.ofSeconds(10));
    assertThat(bench.committed(HOME)).isEqualTo(3);
  }

  @Test
  void commitsOnlyWhatIsDurableInTheBooks() {
    bench.assign(0, 1);
    bench.acknowledge = false;
    bench.send(event("a", 1, 1, OPENED)).poll().work().poll();
    assertThat(bench.delivered).hasSize(1);
    assertThat(bench.committed(HOME)).isZero();
    bench.unacknowledged.forEach(write -> write.complete(null));
    bench.poll();
    assertThat(bench.committed(HOME)).isEqualTo(1);
  }

  @Test
  void skipsWhatWasDeliveredBeforeACrash() {
    bench.assign(0, 1);
    bench.send(event("a", 1, 1, OPENED)).send(event("a", 1, 2, CHANGED)).poll().work();
    Bench next = new Bench(Wants.EVERY_EVENT, false, Map.of());
    next.links.putAll(bench.links);
    next.assign(0, 1);
    next.send(event("a", 1, 1, OPENED)).send(event("a", 1, 2, CHANGED));
    next.send(event("a", 1, 3, CHANGED)).poll().work().poll();
    assertThat(next.delivered).containsExactly("a/3 CHANGED delivered");
    assertThat(next.committed(HOME)).isEqualTo(3);
    assertThat(next.count(SinkMetrics.SKIPPED, "reason", "delivered_before")).isEqualTo(2);
  }

  @Test
  void tellsTwoEventsOfOneRevisionApart() {
    bench.assign(0, 1);
    bench.send(event("a", 1, 2, CHANGED)).send(event("a", 1, 2, EXPLOITED)).poll().work();
    assertThat(bench.delivered).hasSize(2);
    Bench next = new Bench(Wants.EVERY_EVENT, false, Map.of());
    next.links.putAll(bench.links);
    next.assign(0, 1);
    next.send(event("a", 1, 2, CHANGED)).send(event("a", 1, 2, EXPLOITED)).poll().work();
    assertThat(next.delivered).isEmpty();
  }

  @Test
  void sendsAReplayThoughNewerOnesWereSent() {
    bench.assign(0, 1);
    bench.send(event("a", 1, 5, CHANGED)).poll().work();
    RecordHeaders mine = new RecordHeaders();
    mine.add(SinkRunners.REPLAY_HEADER, "test".getBytes(StandardCharsets.UTF_8));
    RecordHeaders other = new RecordHeaders();
    other.add(SinkRunners.REPLAY_HEADER, "other".getBytes(StandardCharsets.UTF_8));
    bench.sendRaw(HOME, bench.encode(event("a", 1, 2, CHANGED)), mine);
    bench.sendRaw(HOME, bench.encode(event("a", 1, 3, CHANGED)), other);
    bench.poll().work();
    assertThat(bench.delivered).containsExactly("a/5 CHANGED delivered", "a/2 CHANGED delivered");
    assertThat(bench.links.get(HOME).get(1).getLastRevision()).isEqualTo(5);
  }

  @Test
  void buriesWhatIsRejectedAndGoesOn() {
    bench.receiver =
        context ->
            context.idempotencyKey().contains("-1-")
                ? Delivery.rejected("HTTP 400")
                : Delivery.delivered();
    bench.assign(0, 1);
    bench.send(event("a", 7, 1, OPENED)).send(event("a", 8, 2, CHANGED)).poll().work().poll();
    assertThat(bench.buried).containsExactly(HOME + ":0 HTTP 400");
    assertThat(bench.delivered).contains("a/2 CHANGED delivered");
    assertThat(bench.committed(HOME)).isEqualTo(2);
  }

  @Test
  void buriesWhatCannotBeReadWithItsReason() {
    bench.assign(0, 1);
    bench.sendRaw(HOME, new byte[] {1, 2, 3}, new RecordHeaders());
    bench.sendRaw(HOME, null, new RecordHeaders());
    bench.sendRaw(1 - HOME, bench.encode(event("a", 1, 1, OPENED)), new RecordHeaders());
    bench.send(event("b", 1, 1, OPENED)).poll().work().poll();
    assertThat(bench.buried)
        .containsExactlyInAnyOrder(
            HOME + ":0 not an action event: not our bytes",
            HOME + ":1 the record has no value",
            (1 - HOME) + ":0 in partition " + (1 - HOME) + ", not " + HOME);
    assertThat(bench.delivered).containsExactly("b/1 OPENED delivered");
    assertThat(bench.committed(HOME)).isEqualTo(3);
  }

  @Test
  void aReceiverThatIsGoneStopsTheSinkAndLosesNothing() {
    bench.receiver = context -> Delivery.gone("HTTP 410");
    bench.assign(0, 1);
    bench.send(event("a", 1, 1, OPENED)).send(event("b", 1, 1, OPENED));
    bench.run(Duration.ofMinutes(10));
    assertThat(bench.delivered).containsExactly("a/1 OPENED gone");
    assertThat(bench.buried).isEmpty();
    assertThat(bench.committed(HOME)).isZero();
    assertThat(bench.desk.isGone()).isTrue();
    assertThat(bench.meters.get(SinkMetrics.STOPPED).gauge().value()).isEqualTo(1);
  }

  @Test
  void saysHowItFaresWhenThatChanges() {
    bench.assign(0, 1);
    bench.receiver = context -> Delivery.retry("HTTP 503");
    for (int i = 0; i < 20; i++) {
      bench.send(event("i" + i, 1, 1, OPENED));
    }
    bench.run(Duration.ofMinutes(1));
    bench.receiver = context -> Delivery.delivered();
    bench.run(Duration.ofMinutes(3));
    bench.desk.pause(true);
    bench.poll().poll();
    assertThat(bench.conditions)
        .containsExactly("RUNNING", "FAILING HTTP 503", "RUNNING", "PAUSED");
  }

  @Test
  void keepsEmbargoedItemsFromASinkThatIsNotCleared() {
    bench.assign(0, 1);
    ActionItem secret = Samples.item("s").setEmbargoed(true).build();
    bench.send(event(secret, OPENED)).poll().work().poll();
    assertThat(bench.delivered).isEmpty();
    assertThat(bench.buried).isEmpty();
    assertThat(bench.committed(HOME)).isEqualTo(1);
    assertThat(bench.count(SinkMetrics.SKIPPED, "reason", "embargoed")).isEqualTo(1);
  }

  @Test
  void sendsEmbargoedItemsToASinkThatIsCleared() {
    Bench cleared = new Bench(Wants.EVERY_EVENT, false, Map.of("cleared", "true"));
    cleared.assign(0, 1);
    ActionItem secret = Samples.item("s").setEmbargoed(true).build();
    cleared.send(event(secret, OPENED)).poll().work();
    assertThat(cleared.delivered).hasSize(1);
  }

  @Test
  void sendsWhatItsRouteTakesAndThenWhateverBecomesOfIt() {
    Bench routed = new Bench(Wants.EVERY_EVENT, false, Map.of("when", "severity >= HIGH"));
    routed.assign(0, 1);
    ActionItem mild = Samples.item("m").setSeverity(Severity.LOW).setRevision(1).build();
    ActionItem milder = Samples.item("a").setSeverity(Severity.LOW).setRevision(2).build();
    routed.send(event(mild, OPENED)).send(event("a", 1, 1, OPENED)).poll().work();
    routed.send(event(milder, CHANGED)).poll().work();
    assertThat(routed.delivered)
        .extracting(delivered -> delivered.substring(0, 1))
        .containsExactly("a", "a");
    assertThat(routed.count(SinkMetrics.SKIPPED, "reason", "routed_elsewhere")).isEqualTo(1);
  }

  @Test
  void pausesThePartitionsWhileMemoryIsFull() {
    Bench small = new Bench(Wants.EVERY_EVENT, false, Map.of("buffer", "10"));
    small.assign(0, 1);
    for (int i = 0; i < 10; i++) {
      small.send(event("i" + i, 1, 1, OPENED));
    }
    small.poll();
    assertThat(small.consumer.paused()).hasSize(2);
    for (int i = 10; i < 200; i++) {
      small.send(event("i" + i, 1, 1, OPENED));
    }
    small.poll();
    assertThat(small.desk.waiting()).isEqualTo(10);
    small.run(Duration.ofSeconds(30));
    assertThat(small.delivered).hasSize(200);
    assertThat(small.committed(HOME)).isEqualTo(200);
    assertThat(small.consumer.paused()).isEmpty();
  }

  @Test
  void stopsWhenTheBooksFallBehind() {
    bench.assign(0, 1);
    bench.acknowledge = false;
    for (int i = 0; i < 1_500; i++) {
      bench.send(event("i" + i, 1, 1, OPENED));
    }
    bench.poll().work().poll().work();
    assertThat(bench.delivered).hasSize(Books.MAX_UNACKNOWLEDGED);
  }

  @Test
  void startsNothingWhenTheGroupMayHaveForgottenIt() {
    bench.assign(0, 1);
    bench.send(event("a", 1, 1, OPENED)).poll();
    bench.time.pass(Gate.LEASE);
    bench.work();
    assertThat(bench.delivered).isEmpty();
    bench.poll().work();
    assertThat(bench.delivered).hasSize(1);
  }

  @Test
  void aPartitionGivenAwayIsCommittedAndForgotten() {
    bench.assign(0, 1);
    bench.send(event("a", 1, 1, OPENED)).poll().work();
    bench.send(event("b", 1, 1, OPENED)).poll();
    bench.consumer.rebalance(List.of(new TopicPartition(Bench.TOPIC, 1 - HOME)));
    bench.poll().work();
    assertThat(bench.delivered).containsExactly("a/1 OPENED delivered");
    assertThat(bench.desk.waiting()).isZero();
  }

  @Test
  void aStateSinkGetsTheNewestStateOfWhatWaited() {
    Bench tickets = new Bench(Wants.CURRENT_STATE, true, Map.of());
    tickets.assign(0, 1);
    tickets.send(event("a", 1, 1, OPENED));
    for (int revision = 2; revision <= 10; revision++) {
      tickets.send(event("a", 1, revision, CHANGED));
    }
    tickets.poll().work().poll();
    assertThat(tickets.delivered).containsExactly("a/10 OPENED delivered");
    assertThat(tickets.committed(HOME)).isEqualTo(10);
  }

  @Test
  void aTicketThatWouldBeClosedBeforeItWasOpenedIsNeverMade() {
    Bench tickets = new Bench(Wants.CURRENT_STATE, true, Map.of());
    tickets.assign(0, 1);
    tickets.send(event("a", 1, 1, OPENED)).send(event("a", 1, 2, CHANGED));
    tickets.send(event("a", 1, 3, RESOLVED)).poll().work().poll();
    assertThat(tickets.delivered).isEmpty();
    assertThat(tickets.links).isEmpty();
    assertThat(tickets.committed(HOME)).isEqualTo(3);
  }

  @Test
  void aTicketThatMayHaveBeenMadeIsLookedForAndClosed() {
    Bench tickets = new Bench(Wants.CURRENT_STATE, true, Map.of());
    tickets.receiver = context -> Delivery.retry("timed out");
    tickets.assign(0, 1);
    tickets.send(event("a", 1, 1, OPENED)).poll().work();
    tickets.receiver = context -> Delivery.delivered("T-1", "https://tickets.example.org/T-1");
    tickets.send(event("a", 1, 2, RESOLVED)).run(Duration.ofSeconds(5));
    assertThat(tickets.delivered).containsExactly("a/1 OPENED retry", "a/2 RESOLVED delivered");
    assertThat(tickets.contexts.get(0).lookFirst()).isFalse();
    assertThat(tickets.contexts.get(1).lookFirst()).isTrue();
  }

  @Test
  void anIntentIsInTheBooksBeforeTheFirstDelivery() {
    Bench tickets = new Bench(Wants.CURRENT_STATE, true, Map.of());
    tickets.receiver =
        context -> {
          assertThat(tickets.links.get(HOME))
              .extracting(TicketLink::getState)
              .containsExactly(TicketState.INTENT);
          return Delivery.delivered("T-1", null);
        };
    tickets.assign(0, 1);
    tickets.send(event("a", 1, 1, OPENED)).poll().work();
    assertThat(tickets.delivered).hasSize(1);
    assertThat(tickets.links.get(HOME).get(1).getKey()).isEqualTo("T-1");
    Bench next = new Bench(Wants.CURRENT_STATE, true, Map.of());
    next.links.putAll(tickets.links);
    next.assign(0, 1);
    next.send(event("a", 1, 2, RESOLVED)).poll().work();
    assertThat(next.contexts.get(0).link().orElseThrow().getKey()).isEqualTo("T-1");
    assertThat(next.contexts.get(0).lookFirst()).isFalse();
  }

  @Test
  void aNewEpisodeKnowsTheTicketOfTheOneBefore() {
    Bench tickets = new Bench(Wants.CURRENT_STATE, true, Map.of());
    tickets.receiver = context -> Delivery.delivered("T-1", null);
    tickets.assign(0, 1);
    tickets.send(event("a", 1, 1, OPENED)).poll().work();
    tickets.send(event("a", 1, 2, RESOLVED)).send(event("a", 2, 3, REOPENED)).poll().work();
    assertThat(tickets.delivered)
        .containsExactly(
            "a/1 OPENED delivered", "a/2 RESOLVED delivered", "a/3 REOPENED delivered");
    assertThat(tickets.contexts.get(2).link()).isEmpty();
    assertThat(tickets.contexts.get(2).earlier().orElseThrow().getKey()).isEqualTo("T-1");
  }

  @Test
  void aStateSinkIsNotToldWhatItHas() {
    Bench tickets = new Bench(Wants.CURRENT_STATE, false, Map.of());
    tickets.assign(0, 1);
    tickets.send(event("a", 1, 1, OPENED)).poll().work();
    ActionItem same = Samples.item("a").setRevision(2).setContentHash("hash-1").build();
    tickets.send(event(same, CHANGED)).poll().work().poll();
    assertThat(tickets.delivered).hasSize(1);
    assertThat(tickets.committed(HOME)).isEqualTo(2);
  }

  @Test
  void aSinkThatThrowsIsTriedAgain() {
    bench.receiver =
        context -> {
          if (context.attempt() < 3) {
            throw new IllegalStateException("bug");
          }
          return Delivery.delivered();
        };
    bench.assign(0, 1);
    bench.send(event("a", 1, 1, OPENED)).run(Duration.ofSeconds(30));
    assertThat(bench.delivered).containsExactly("a/1 OPENED delivered");
    assertThat(bench.contexts).hasSize(3);
  }

  @Test
  void twentyThousandWaitingEventsDrainInOrderWithBoundedMemory() {
    Bench down = new Bench(Wants.EVERY_EVENT, false, Map.of("concurrency", "16"));
    down.assign(0, 1);
    down.receiver = context -> Delivery.retry("down");
    for (int i = 0; i < 20_000; i++) {
      down.send(event("item-" + i % 2_000, 1, 1 + i / 2_000, CHANGED));
    }
    down.consumer.setMaxPollRecords(500);
    down.run(Duration.ofMinutes(10));
    assertThat(down.desk.waiting()).isLessThanOrEqualTo(1_500);
    assertThat(down.delivered.size()).as("the receiver is not hammered").isLessThan(200);
    down.delivered.clear();
    down.receiver = context -> Delivery.delivered();
    down.run(Duration.ofMinutes(5));
    assertThat(down.delivered).hasSize(20_000);
    assertThat(down.committed(HOME)).isEqualTo(20_000);
    int[] last = new int[2_000];
    for (String line : down.delivered) {
      String[] parts = line.split("[-/ ]");
      assertThat(Integer.parseInt(parts[2])).isEqualTo(++last[Integer.parseInt(parts[1])]);
    }
  }
}
