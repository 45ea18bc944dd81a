package dev.sluice.sinks.database;

import dev.sluice.sinks.runner.DeadLetters;
import java.io.EOFException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies what was polled: one transaction a poll, with the new positions in it. A record that
 * cannot be decoded, or that the database cannot hold, becomes a dead letter before the position
 * moves past it.
 */
final class Projection {
  private static final Logger LOG = LoggerFactory.getLogger(Projection.class);

  private final Database database;
  private final Map<String, Feed<?>> feeds = new LinkedHashMap<>();
  private final DeadLetters deadLetters;
  private final Clock clock;
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  Projection(Database database, List<Feed<?>> feeds, DeadLetters deadLetters, Clock clock) {
    this.database = database;
    this.deadLetters = deadLetters;
    this.clock = clock;
    feeds.forEach(feed -> this.feeds.put(feed.topic(), feed));
  }

  /** Names of the topics on the broker. */
  List<String> topics() {
    return List.copyOf(feeds.keySet());
  }

  /**
   * Takes a partition over.
   *
   * @param beginning its first offset, for one that was never read
   * @return where to read on
   */
  long claim(TopicPartition partition, long beginning) throws SQLException {
    long next =
        database.transaction(
            connection -> {
              OptionalLong known = Positions.next(connection, partition);
              if (known.isEmpty()) {
                Positions.begin(connection, partition, beginning);
              }
              return known.orElse(beginning);
            });
    positions.put(partition, next);
    return next;
  }

  void release(TopicPartition partition) {
    positions.remove(partition);
  }

  /** The next offset of a partition that we have claimed. */
  long position(TopicPartition partition) {
    return positions.get(partition);
  }

  /**
   * Looks whether every partition is where we left it.
   *
   * @throws LostPartitionException if one is not
   */
  void verify() throws SQLException {
    database.read(
        connection -> {
          for (Map.Entry<TopicPartition, Long> each : positions.entrySet()) {
            OptionalLong known = Positions.next(connection, each.getKey());
            if (known.isEmpty() || known.getAsLong() != each.getValue()) {
              throw new LostPartitionException(each.getKey() + " is not where it was left");
            }
          }
          return null;
        });
  }

  /**
   * Applies records of partitions that we have claimed, in the order of their partitions.
   *
   * @throws LostPartitionException if somebody else has moved one of them on
   */
  void apply(List<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
    if (records.isEmpty()) {
      return;
    }
    try {
      commit(records);
    } catch (SQLException e) {
      if (!isAboutValues(e)) {
        throw e;
      }
      if (records.size() == 1) {
        bury(records.get(0), "the database cannot hold it (SQL state " + e.getSQLState() + ")");
        skip(records.get(0));
        return;
      }
      int half = records.size() / 2;
      apply(records.subList(0, half));
      apply(records.subList(half, records.size()));
    }
  }

  /** Data exception, constraint violation, program limit: no other attempt makes it fit. */
  private static boolean isAboutValues(SQLException e) {
    for (SQLException each = e; each != null; each = each.getNextException()) {
      String state = each.getSQLState();
      if (state != null
          && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"))) {
        return true;
      }
    }
    return false;
  }

  private void commit(List<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
    Map<Feed<?>, List<Entry<?>>> decoded = new LinkedHashMap<>();
    feeds.values().forEach(feed -> decoded.put(feed, new ArrayList<>()));
    Map<TopicPartition, Long> next = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Feed<?> feed = feeds.get(record.topic());
      next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
      Entry<?> entry = decode(feed, record);
      if (entry != null) {
        decoded.get(feed).add(entry);
      }
    }
    database.transaction(
        connection -> {
          advance(connection, next);
          for (Map.Entry<Feed<?>, List<Entry<?>>> each : decoded.entrySet()) {
            if (!each.getValue().isEmpty()) {
              each.getKey().apply(connection, each.getValue());
            }
          }
          return null;
        });
    positions.putAll(next);
  }

  private void skip(ConsumerRecord<byte[], byte[]> record) throws SQLException {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    Map<TopicPartition, Long> next = Map.of(partition, record.offset() + 1);
    database.transaction(
        connection -> {
          advance(connection, next);
          return null;
        });
    positions.putAll(next);
  }

  private void advance(Connection connection, Map<TopicPartition, Long> next) throws SQLException {
    // In one order for everybody, so that two who both believe to own partitions never deadlock.
    Map<String, TopicPartition> ordered = new TreeMap<>();
    next.keySet().forEach(partition -> ordered.put(partition.toString(), partition));
    for (TopicPartition partition : ordered.values()) {
      Long from = positions.get(partition);
      if (from == null || !Positions.advance(connection, partition, from, next.get(partition))) {
        throw new LostPartitionException(partition + " was read on by somebody else");
      }
    }
  }

  private Entry<?> decode(Feed<?> feed, ConsumerRecord<byte[], byte[]> record) {
    try {
      return feed.decode(record);
    } catch (RuntimeException e) {
      if (isOutage(e)) {
        throw e;
      }
      bury(record, "cannot be decoded: " + e.getClass().getSimpleName());
      return null;
    }
  }

  /** A registry that is away makes nothing undecodable. */
  private static boolean isOutage(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException
          || cause instanceof IOException && !(cause instanceof EOFException)) {
        return true;
      }
    }
    return false;
  }

  private void bury(ConsumerRecord<byte[], byte[]> record, String error) {
    LOG.atWarn()
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .addKeyValue("error", error)
        .log("A record becomes a dead letter");
    CompletableFuture<Void> buried = deadLetters.bury(record, error, clock.instant());
    try {
      buried.join();
    } catch (CompletionException e) {
      throw new KafkaException("the dead letters cannot be written", e.getCause());
    }
  }
}
