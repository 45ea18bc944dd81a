package dev.sluice.sinks.control;

import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Gives orders to sinks, wherever they run. */
public final class Orders {
  private final KafkaSettings settings;
  private final SinkBoard board;

  public Orders(KafkaSettings settings, AvroSerdes serdes) {
    this.settings = settings;
    this.board = new SinkBoard(settings.prefix(), serdes);
  }

  /**
   * Orders a sink to pause or to go on; every instance hears of it, and those that start later.
   *
   * @param by who says so
   * @throws KafkaException if the order could not be written
   */
  public void give(String sink, boolean pause, String by, String reason, Instant at) {
    try (Producer<byte[], byte[]> producer = new Kafka(settings).producer()) {
      board.order(producer, sink, pause, by, reason, at).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
  }
}
