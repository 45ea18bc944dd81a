package dev.sluice.sinks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;

/** Rows for one table, bound column by column in the order of their names, and sent in batches. */
final class Insert implements AutoCloseable {
  private static final int BATCH = 200;

  private final PreparedStatement statement;
  private final int columns;
  private int bound;
  private int rows;

  /**
   * @param columns names, separated by commas
   */
  Insert(Connection connection, String table, String columns) throws SQLException {
    this.columns = columns.split(",").length;
    String marks = String.join(", ", Collections.nCopies(this.columns, "?"));
    this.statement =
        connection.prepareStatement(
            "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")");
  }

  Insert text(String value, int width) throws SQLException {
    statement.setString(++bound, Width.fit(value, width));
    return this;
  }

  /** A column that may not be null: nothing is the empty text. */
  Insert some(String value, int width) throws SQLException {
    return text(value == null ? "" : value, width);
  }

  Insert word(Enum<?> value) throws SQLException {
    return text(RecordJson.word(value), Width.WORD);
  }

  Insert number(long value) throws SQLException {
    statement.setLong(++bound, value);
    return this;
  }

  Insert flag(boolean value) throws SQLException {
    statement.setBoolean(++bound, value);
    return this;
  }

  Insert real(Double value) throws SQLException {
    if (value == null) {
      statement.setNull(++bound, Types.DOUBLE);
    } else {
      statement.setDouble(++bound, value);
    }
    return this;
  }

  Insert time(Instant value) throws SQLException {
    if (value == null) {
      statement.setNull(++bound, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      statement.setObject(++bound, value.atOffset(ZoneOffset.UTC));
    }
    return this;
  }

  /** Ends a row. */
  void row() throws SQLException {
    if (bound != columns) {
      throw new IllegalStateException(bound + " values for " + columns + " columns");
    }
    bound = 0;
    statement.addBatch();
    if (++rows % BATCH == 0) {
      statement.executeBatch();
    }
  }

  /** Sends what is left. A row that was not ended is a defect, and is not sent. */
  void send() throws SQLException {
    if (rows % BATCH != 0) {
      statement.executeBatch();
    }
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
