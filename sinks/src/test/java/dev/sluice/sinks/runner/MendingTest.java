package dev.sluice.sinks.runner;

import static dev.sluice.events.ActionEventType.CHANGED;
import static dev.sluice.events.ActionEventType.OPENED;
import static dev.sluice.events.ActionEventType.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.TicketState;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.ticket.Mending;
import dev.sluice.topics.AssetPartitioner;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deliveries that no record asks for. */
final class MendingTest {
  private static final int HOME =
      AssetPartitioner.partition(Samples.item("a").build().getAsset(), Bench.PARTITIONS);

  private final Bench bench = new Bench(Wants.CURRENT_STATE, false, Map.of());

  private static ActionEvent mending(long revision) {
    ActionItem item =
        Samples.item("a").setRevision(revision).setContentHash("hash-" + revision).build();
    return Mending.of(item, "why", Samples.AT);
  }

  @Test
  void isDeliveredThoughNothingChanged() {
    bench.assign(0, 1);
    bench.send(Samples.event("a", 1, 1, OPENED)).poll().work().poll();
    assertThat(bench.desk.mend(HOME, mending(1))).isTrue();
    bench.work().poll();
    assertThat(bench.delivered).containsExactly("a/1 OPENED delivered", "a/1 REOPENED delivered");
    assertThat(bench.committed(HOME)).isEqualTo(1);
  }

  @Test
  void waitsForNobodyAndStandsInNobodysWay() {
    bench.assign(0, 1);
    bench.receiver = context -> Delivery.retry("down");
    bench.send(Samples.event("a", 1, 1, OPENED)).poll().work();
    assertThat(bench.desk.mend(HOME, mending(1))).as("something is under way anyway").isFalse();
    assertThat(bench.desk.mend(7, mending(1))).as("a partition of somebody else").isFalse();
  }

  @Test
  void joinsWhatComesWhileItWaits() {
    bench.assign(0, 1);
    bench.send(Samples.event("a", 1, 1, OPENED)).poll().work().poll();
    bench.receiver = context -> Delivery.retry("down");
    assertThat(bench.desk.mend(HOME, mending(1))).isTrue();
    bench.work();
    bench.send(Samples.event("a", 1, 2, CHANGED)).send(Samples.event("a", 1, 3, RESOLVED)).poll();
    bench.receiver = context -> Delivery.delivered("T-1", null);
    bench.run(Duration.ofSeconds(30));
    assertThat(bench.delivered.get(bench.delivered.size() - 1)).isEqualTo("a/3 RESOLVED delivered");
    assertThat(bench.committed(HOME)).isEqualTo(3);
    var last = bench.desk.links().get(HOME).get(0);
    assertThat(last.getState()).isEqualTo(TicketState.CLOSED);
    assertThat(last.getLastRevision()).isEqualTo(3);
  }

  @Test
  void whatIsOlderThanWhatWasSentIsNotSent() {
    bench.assign(0, 1);
    bench.send(Samples.event("a", 1, 1, OPENED)).send(Samples.event("a", 1, 2, CHANGED));
    bench.poll().work().poll();
    int before = bench.delivered.size();
    assertThat(bench.desk.mend(HOME, mending(1))).isTrue();
    bench.work().poll();
    assertThat(bench.delivered).hasSize(before);
  }

  @Test
  void whatIsRejectedLeavesNoDeadLetter() {
    bench.assign(0, 1);
    bench.send(Samples.event("a", 1, 1, OPENED)).poll().work().poll();
    bench.receiver = context -> Delivery.rejected("no");
    assertThat(bench.desk.mend(HOME, mending(1))).isTrue();
    bench.work().poll();
    assertThat(bench.buried).isEmpty();
    assertThat(bench.committed(HOME)).isEqualTo(1);
  }
}
