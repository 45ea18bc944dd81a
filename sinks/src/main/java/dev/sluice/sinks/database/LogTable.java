package dev.sluice.sinks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table that only grows: a record that is there already changes nothing. */
abstract class LogTable<V> implements Table<V> {
  private final String isThere;

  /**
   * @param isThere a query that finds the row of a record
   */
  LogTable(String isThere) {
    this.isThere = isThere;
  }

  /** Binds what tells records apart to the query. */
  abstract void bind(PreparedStatement query, Entry<V> entry) throws SQLException;

  /** The same as one text. */
  abstract String identity(Entry<V> entry);

  /** Whether the record may be kept at all. */
  boolean isWelcome(V value) {
    return true;
  }

  /** Inserts rows that are not there. */
  abstract void insert(Connection connection, List<Entry<V>> entries) throws SQLException;

  @Override
  public final void apply(Connection connection, List<Entry<V>> entries) throws SQLException {
    Map<String, Entry<V>> fresh = new LinkedHashMap<>();
    try (PreparedStatement query = connection.prepareStatement(isThere)) {
      for (Entry<V> entry : entries) {
        if (entry.value() != null && isWelcome(entry.value()) && isFresh(query, entry)) {
          fresh.putIfAbsent(identity(entry), entry);
        }
      }
    }
    insert(connection, List.copyOf(fresh.values()));
  }

  private boolean isFresh(PreparedStatement query, Entry<V> entry) throws SQLException {
    bind(query, entry);
    try (ResultSet rows = query.executeQuery()) {
      return !rows.next();
    }
  }
}
