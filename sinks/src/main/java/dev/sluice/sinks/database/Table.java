package dev.sluice.sinks.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What becomes of one topic's records. Applying any of them again changes nothing. */
interface Table<V> {
  /**
   * Takes records in, within the caller's transaction.
   *
   * @param entries in the order of their partitions
   */
  void apply(Connection connection, List<Entry<V>> entries) throws SQLException;
}
