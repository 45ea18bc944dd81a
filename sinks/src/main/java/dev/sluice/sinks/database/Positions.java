package dev.sluice.sinks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each partition was read, in the database and not in Kafka: what was read and that it was
 * read are committed together, and so each record counts exactly once.
 */
final class Positions {
  private Positions() {}

  /** The next offset to read; empty for a partition that was never read. */
  static OptionalLong next(Connection connection, TopicPartition partition) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT next_offset FROM positions WHERE topic = ? AND part = ?")) {
      select.setString(1, partition.topic());
      select.setInt(2, partition.partition());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  /** Notes where a partition begins that was never read. */
  static void begin(Connection connection, TopicPartition partition, long offset)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO positions (topic, part, next_offset) VALUES (?, ?, ?)")) {
      insert.setString(1, partition.topic());
      insert.setInt(2, partition.partition());
      insert.setLong(3, offset);
      insert.executeUpdate();
    }
  }

  /**
   * Moves a partition on, and locks it until the transaction ends: whoever else believes to own the
   * partition waits, and is then refused.
   *
   * @return whether the partition was where we left it
   */
  static boolean advance(Connection connection, TopicPartition partition, long from, long to)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE positions SET next_offset = ?"
                + " WHERE topic = ? AND part = ? AND next_offset = ?")) {
      update.setLong(1, to);
      update.setString(2, partition.topic());
      update.setInt(3, partition.partition());
      update.setLong(4, from);
      return update.executeUpdate() == 1;
    }
  }
}
