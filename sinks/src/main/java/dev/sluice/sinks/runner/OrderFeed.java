package dev.sluice.sinks.runner;

import dev.sluice.events.SinkCondition;
import dev.sluice.sinks.control.SinkBoard;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows what operators order for sinks. Until all orders are known it says nothing. */
final class OrderFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OrderFeed.class);
  private static final Duration STEP = Duration.ofMillis(200);

  private final SinkBoard board;
  private final TopicPartition place;
  private final Supplier<org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> readers;
  private final Consumer<Set<String>> paused;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::followAll, "sink-orders");

  /**
   * @param paused told the names of all sinks that are to pause, at first and with each change
   */
  OrderFeed(
      SinkBoard board,
      String topic,
      Supplier<org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> readers,
      Consumer<Set<String>> paused) {
    this.board = board;
    this.place = new TopicPartition(topic, 0);
    this.readers = readers;
    this.paused = paused;
  }

  OrderFeed start() {
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  private void followAll() {
    while (closing.getCount() > 0) {
      try (var reader = readers.get()) {
        follow(reader);
      } catch (RuntimeException e) {
        LOG.atWarn().setCause(e).log("The orders for sinks could not be read; tried again soon");
        rest();
      }
    }
  }

  private void follow(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> reader) {
    Set<String> names = new HashSet<>();
    reader.assign(List.of(place));
    reader.seekToBeginning(List.of(place));
    long end = reader.endOffsets(List.of(place)).get(place);
    boolean known = false;
    while (closing.getCount() > 0) {
      boolean news = false;
      for (ConsumerRecord<byte[], byte[]> raw : reader.poll(STEP)) {
        news |= enter(raw, names);
      }
      boolean knownNow = known || reader.position(place) >= end;
      if (knownNow && (news || !known)) {
        paused.accept(Set.copyOf(names));
      }
      known = knownNow;
    }
  }

  private boolean enter(ConsumerRecord<byte[], byte[]> raw, Set<String> names) {
    return board
        .read(raw)
        .filter(SinkBoard.Entry::isOrder)
        .map(
            order ->
                order.state().getCondition() == SinkCondition.PAUSED
                    ? names.add(order.state().getSink())
                    : names.remove(order.state().getSink()))
        .orElse(false);
  }

  private void rest() {
    try {
      closing.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
