package dev.sluice.sinks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A table of current states with one row a key. A record replaces the row only if its version is
 * higher, so a repeat, an older record and another order of partitions change nothing. A tombstone
 * deletes what was written before it.
 */
abstract class StateTable<V> implements Table<V> {
  private static final int KEYS = 200;

  private final String table;
  private final List<String> details;

  /**
   * @param table has id, version and log_offset
   * @param details tables of further rows, as {@code table.column} with the column of the id
   */
  StateTable(String table, String... details) {
    this.table = table;
    this.details = List.of(details);
  }

  /** Revision of a record, or whatever else counts up from state to state of one key. */
  abstract long version(Entry<V> entry);

  /** Whether the record may be kept at all; one that may not takes its row away. */
  boolean isWelcome(V value) {
    return true;
  }

  /** Inserts rows for keys that have none. */
  abstract void insert(Connection connection, List<Entry<V>> entries) throws SQLException;

  private record Stored(long version, long offset) {}

  @Override
  public final void apply(Connection connection, List<Entry<V>> entries) throws SQLException {
    Map<String, Stored> stored =
        stored(connection, new LinkedHashSet<>(entries.stream().map(Entry::key).toList()));
    Map<String, Entry<V>> winners = new LinkedHashMap<>();
    for (Entry<V> entry : entries) {
      Stored row = stored.get(entry.key());
      if (entry.value() == null || !isWelcome(entry.value())) {
        if (row != null && entry.offset() > row.offset()) {
          stored.remove(entry.key());
          winners.put(entry.key(), entry);
        }
      } else if (row == null || version(entry) > row.version()) {
        stored.put(entry.key(), new Stored(version(entry), entry.offset()));
        winners.put(entry.key(), entry);
      }
    }
    if (!winners.isEmpty()) {
      delete(connection, winners.keySet());
      insert(
          connection,
          winners.values().stream()
              .filter(entry -> entry.value() != null && isWelcome(entry.value()))
              .toList());
    }
  }

  private Map<String, Stored> stored(Connection connection, Collection<String> keys)
      throws SQLException {
    Map<String, Stored> stored = new HashMap<>();
    for (List<String> some : chunks(keys)) {
      try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT id, version, log_offset FROM " + table + " WHERE id IN " + marks(some));
          ResultSet rows = bind(select, some).executeQuery()) {
        while (rows.next()) {
          stored.put(rows.getString(1), new Stored(rows.getLong(2), rows.getLong(3)));
        }
      }
    }
    return stored;
  }

  private void delete(Connection connection, Collection<String> keys) throws SQLException {
    for (List<String> some : chunks(keys)) {
      delete(connection, table, "id", some);
      for (String detail : details) {
        int dot = detail.indexOf('.');
        delete(connection, detail.substring(0, dot), detail.substring(dot + 1), some);
      }
    }
  }

  private static void delete(Connection connection, String table, String column, List<String> keys)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM " + table + " WHERE " + column + " IN " + marks(keys))) {
      bind(delete, keys).executeUpdate();
    }
  }

  private static List<List<String>> chunks(Collection<String> keys) {
    List<String> all = new ArrayList<>(keys);
    List<List<String>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += KEYS) {
      chunks.add(all.subList(from, Math.min(all.size(), from + KEYS)));
    }
    return chunks;
  }

  private static String marks(List<String> keys) {
    return "(" + String.join(", ", Collections.nCopies(keys.size(), "?")) + ")";
  }

  private static PreparedStatement bind(PreparedStatement statement, List<String> keys)
      throws SQLException {
    for (int i = 0; i < keys.size(); i++) {
      statement.setString(i + 1, Width.fit(keys.get(i), Width.ID));
    }
    return statement;
  }
}
