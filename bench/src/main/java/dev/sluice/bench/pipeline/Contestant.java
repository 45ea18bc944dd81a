package dev.sluice.bench.pipeline;

import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;

/** One that reads the backlog. It stands still but while it is measured. */
interface Contestant extends AutoCloseable {
  KafkaStreams client();

  /** Waits for a Streams client to run, and has it stand still. */
  static void settle(KafkaStreams client) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (client.state() != KafkaStreams.State.RUNNING) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("a contestant did not start: it is " + client.state());
      }
      Thread.sleep(10);
    }
    client.pause();
  }

  default void resume() {
    client().resume();
  }

  default void pause() {
    client().pause();
  }

  @Override
  void close();
}
