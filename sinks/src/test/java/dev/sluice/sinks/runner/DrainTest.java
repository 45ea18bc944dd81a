package dev.sluice.sinks.runner;

import static dev.sluice.events.ActionEventType.OPENED;
import static dev.sluice.sinks.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkDescriptor.Wants;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What happens to a delivery under way when its partition is given away. */
final class DrainTest {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final Sink slow =
      (item, state, context) -> {
        entered.countDown();
        released.await();
        return Delivery.delivered();
      };
  private final Bench bench = new Bench(Wants.EVERY_EVENT, false, Map.of(), slow);
  private final List<TopicPartition> both =
      List.of(new TopicPartition(Bench.TOPIC, 0), new TopicPartition(Bench.TOPIC, 1));

  @Test
  void isWaitedForAndCommitted() throws Exception {
    Thread worker = begin();
    Thread giving = new Thread(() -> bench.intake.onPartitionsRevoked(both));
    giving.start();
    Awaitility.await().until(() -> giving.getState() == Thread.State.TIMED_WAITING);
    assertThat(committed()).isZero();
    released.countDown();
    giving.join();
    worker.join();
    assertThat(committed()).isEqualTo(1);
    assertThat(bench.links.values().stream().mapToInt(List::size).sum()).isEqualTo(1);
  }

  @Test
  void isBrokenOffWhereThePartitionIsLost() throws Exception {
    Thread worker = begin();
    bench.intake.onPartitionsLost(both);
    worker.join();
    assertThat(committed()).isZero();
    assertThat(bench.links).isEmpty();
    assertThat(bench.desk.waiting()).isZero();
  }

  @Test
  void aLateResultOfALostPartitionIsNotEntered() throws Exception {
    Thread worker = new Thread(bench.desk::deliverOne);
    bench.assign(0, 1);
    bench.send(event("a", 1, 1, OPENED)).poll();
    worker.start();
    entered.await();
    bench.intake.abandon();
    released.countDown();
    worker.join();
    assertThat(bench.links).isEmpty();
    assertThat(bench.desk.waiting()).isZero();
  }

  private Thread begin() throws InterruptedException {
    bench.assign(0, 1);
    bench.send(event("a", 1, 1, OPENED)).poll();
    Thread worker = new Thread(bench.desk::deliverOne);
    worker.start();
    entered.await();
    return worker;
  }

  private long committed() {
    return Math.max(0, bench.committed(0)) + Math.max(0, bench.committed(1));
  }
}
