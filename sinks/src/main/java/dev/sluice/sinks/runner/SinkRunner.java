package dev.sluice.sinks.runner;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.TicketLink;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.feedback.Deliveries;
import dev.sluice.sinks.ticket.Tracker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sink at work: a thread that reads, and as many that deliver as the sink's concurrency. What
 * makes reading impossible (no broker, no registry) is waited out; nothing is lost meanwhile.
 */
public final class SinkRunner implements AutoCloseable, Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(SinkRunner.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  private final RunnerParts parts;
  private final Desk<?> desk;
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Consumer<byte[], byte[]> consumer;

  SinkRunner(RunnerParts parts) {
    this.parts = parts;
    this.desk = Desk.of(parts);
  }

  /** Name of the configured sink. */
  public String name() {
    return parts.name();
  }

  /** Begins; call once. */
  SinkRunner start() {
    threads.add(new Thread(this::readAll, "sink-" + parts.name()));
    for (int i = 1; i <= parts.settings().concurrency(); i++) {
      threads.add(new Thread(desk::deliverAll, "sink-" + parts.name() + "-" + i));
    }
    threads.forEach(
        thread -> {
          thread.setDaemon(true);
          thread.start();
        });
    return this;
  }

  /** Starts no delivery until {@link #resume}; what waits keeps waiting in the topic. */
  public void pause() {
    desk.pause(true);
  }

  public void resume() {
    desk.pause(false);
  }

  /** Whether it was told to start no delivery. */
  public boolean isPaused() {
    return desk.isPaused();
  }

  /** Whether the receiver said that it wants nothing any more. */
  public boolean isGone() {
    return desk.isGone();
  }

  /** The tracker behind it, if it keeps tickets. */
  public Optional<Tracker> tracker() {
    return parts.sink().tracker();
  }

  public SinkSettings settings() {
    return parts.settings();
  }

  @Override
  public Map<Integer, List<TicketLink>> links() {
    return desk.links();
  }

  @Override
  public boolean mend(int partition, ActionEvent event) {
    return desk.mend(partition, event);
  }

  /** Events in memory, waiting or under way. */
  public int backlog() {
    return desk.waiting();
  }

  /**
   * Waits until nothing that was read is unfinished, at most so long.
   *
   * @return whether that came about
   */
  public boolean awaitIdle(Duration limit) throws InterruptedException {
    return desk.awaitIdle(limit);
  }

  /** Stops reading, lets deliveries under way end within 10 seconds, commits, and leaves. */
  @Override
  public void close() {
    closing.countDown();
    Consumer<byte[], byte[]> reading = consumer;
    if (reading != null) {
      reading.wakeup();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= !join(thread);
      desk.close();
    }
    parts.sink().close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean join(Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(15));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void readAll() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), LONGEST_REST, parts.random());
    int failures = 0;
    while (closing.getCount() > 0) {
      long began = parts.timing().nanos().getAsLong();
      try {
        readOnce();
        return;
      } catch (RuntimeException e) {
        boolean lasted = parts.timing().nanos().getAsLong() - began > LONGEST_REST.toNanos();
        failures = lasted ? 1 : failures + 1;
        parts.metrics().restarted();
        LOG.atError()
            .addKeyValue("sink", parts.name())
            .addKeyValue("failures", failures)
            .setCause(e)
            .log("A sink could not go on and starts anew after a pause");
        rest(backoff.bound(failures));
      }
    }
  }

  private void readOnce() {
    Consumer<byte[], byte[]> reading = parts.consumers().get();
    consumer = reading;
    Intake intake;
    try {
      intake = new Intake(parts, desk, reading);
    } catch (RuntimeException e) {
      reading.close();
      throw e;
    }
    try {
      while (closing.getCount() > 0) {
        intake.cycle(POLL);
      }
      intake.finish();
    } catch (WakeupException e) {
      intake.finish();
    } catch (RuntimeException e) {
      intake.abandon();
      throw e;
    }
  }

  private void rest(long nanos) {
    try {
      closing.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }
}
