package dev.sluice.sinks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Conditions of a query that are joined by AND, with their parameters in order. */
final class Conditions {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  Conditions and(String condition, Object... values) {
    conditions.add(condition);
    parameters.addAll(List.of(values));
    return this;
  }

  /** Adds a condition with one question mark, unless there is no value. */
  Conditions andIf(String condition, Object value) {
    return value == null ? this : and(condition, value);
  }

  Conditions andIn(String column, List<String> values) {
    if (!values.isEmpty()) {
      conditions.add(
          column + " IN (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")");
      parameters.addAll(values);
    }
    return this;
  }

  /** Only assets that one of the prefixes covers: acme is acme and acme/pay, not acme-labs. */
  Conditions covered(String column, List<String> prefixes) {
    if (prefixes.contains("*")) {
      return this;
    }
    List<String> any = new ArrayList<>();
    for (String prefix : prefixes) {
      boolean whole = prefix.endsWith("/") || prefix.endsWith(":");
      any.add("(" + column + " = ? OR " + column + " LIKE ? ESCAPE '!')");
      parameters.add(prefix);
      parameters.add(escaped(whole ? prefix : prefix + "/") + "%");
    }
    conditions.add(any.isEmpty() ? "1 = 0" : "(" + String.join(" OR ", any) + ")");
    return this;
  }

  /** What a person calls an asset: its name, or its beginning or end at a slash. */
  Conditions named(String column, String asset) {
    if (asset == null) {
      return this;
    }
    return and(
        "("
            + column
            + " = ? OR "
            + column
            + " LIKE ? ESCAPE '!' OR "
            + column
            + " LIKE ? ESCAPE '!')",
        asset,
        escaped(asset.endsWith("/") ? asset : asset + "/") + "%",
        "%/" + escaped(asset));
  }

  static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** Prepares a query with the parameters bound. */
  PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(50);
    try {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
