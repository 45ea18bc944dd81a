package dev.sluice.sinks.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** One consumer from its subscription to its close. All of it runs on one thread. */
final class Following implements ConsumerRebalanceListener {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long TELL_EVERY = Duration.ofSeconds(5).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final Projection projection;
  private final DatabaseMetrics metrics;
  private final Map<TopicPartition, Long> told = new HashMap<>();
  private long toldAt = System.nanoTime();

  Following(Consumer<byte[], byte[]> consumer, Projection projection, DatabaseMetrics metrics) {
    this.consumer = consumer;
    this.projection = projection;
    this.metrics = metrics;
    consumer.subscribe(projection.topics(), this);
  }

  /**
   * Polls once, and applies what came.
   *
   * @return whether everything that is known to be written has been applied
   */
  boolean cycle() throws SQLException {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    consumer.poll(POLL).forEach(records::add);
    projection.apply(records);
    metrics.applied(records.size());
    Set<TopicPartition> mine = consumer.assignment();
    long lag = mine.stream().mapToLong(p -> consumer.currentLag(p).orElse(1)).sum();
    metrics.lag(lag);
    if (System.nanoTime() - toldAt > TELL_EVERY) {
      tell();
    }
    return !mine.isEmpty() && lag == 0;
  }

  /**
   * Kafka is told too, so that its own tools show the lag; nobody reads on from there. And the
   * database is asked whether somebody has emptied it.
   */
  private void tell() throws SQLException {
    toldAt = System.nanoTime();
    projection.verify();
    Map<TopicPartition, OffsetAndMetadata> news = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      long next = projection.position(partition);
      if (!Long.valueOf(next).equals(told.put(partition, next))) {
        news.put(partition, new OffsetAndMetadata(next));
      }
    }
    if (!news.isEmpty()) {
      consumer.commitAsync(news, null);
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long next = claim(partition, beginnings.get(partition));
      if (next > ends.get(partition)) {
        throw new OtherTopicsException(partition, next, ends.get(partition));
      }
      consumer.seek(partition, next);
    }
  }

  private long claim(TopicPartition partition, long beginning) {
    try {
      return projection.claim(partition, beginning);
    } catch (SQLException e) {
      throw new KafkaException("the position of " + partition + " cannot be read", e);
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    // What was polled has been committed before the next poll: there is nothing to finish.
    partitions.forEach(
        partition -> {
          projection.release(partition);
          told.remove(partition);
        });
  }
}
