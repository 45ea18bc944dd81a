package dev.sluice.sinks.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.topics.Topics.Realm;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of one realm, in a schema of their own, behind a pool of connections. */
public final class Database implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /**
   * What an embedded database is told unless its URL says otherwise: names as PostgreSQL has them,
   * a small cache, and that it is closed by us and not by the end of the JVM.
   */
  private static final Map<String, String> H2_OPTIONS =
      Map.of(
          "MODE", "PostgreSQL",
          "DATABASE_TO_LOWER", "TRUE",
          "DEFAULT_NULL_ORDERING", "HIGH",
          "CACHE_SIZE", "4096",
          "DB_CLOSE_ON_EXIT", "FALSE");

  private static final List<String> TABLES =
      List.of(
          "findings",
          "finding_names",
          "finding_scanners",
          "finding_lines",
          "finding_redirects",
          "items",
          "item_scanners",
          "item_lines",
          "item_findings",
          "events",
          "decisions",
          "scans",
          "tickets",
          "positions");

  /** What is kept for a time only, by the column that says how old it is. */
  private static final Map<String, String> AGEING =
      Map.of("events", "happened_at", "decisions", "decided_at", "scans", "decided_at");

  private final HikariDataSource pool;

  private Database(HikariDataSource pool) {
    this.pool = pool;
  }

  /**
   * Connects, and brings the tables to the version of this program.
   *
   * @throws DatabaseException if it cannot be reached, or is newer than this program
   */
  public static Database open(DatabaseSettings settings, Realm realm) {
    String schema = schema(settings, realm);
    HikariDataSource pool = pool(settings, schema);
    boolean opened = false;
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(pool)
          .schemas(schema)
          .defaultSchema(schema)
          .createSchemas(true)
          .table("migrations")
          .locations("classpath:dev/sluice/sinks/database/migration")
          .loggers("slf4j")
          .cleanDisabled(true)
          .load()
          .migrate();
      opened = true;
      return new Database(pool);
    } catch (FlywayException e) {
      throw new DatabaseException(
          "the tables in "
              + shown(settings.url())
              + " cannot be brought to this version: "
              + e.getMessage().strip().lines().findFirst().orElse("")
              + "; use the version of Sluice that wrote them, or another database.schema",
          e);
    } finally {
      if (!opened) {
        pool.close();
      }
    }
  }

  /**
   * Connects to tables that another process makes and fills; rights to read are enough.
   *
   * @throws DatabaseException if it cannot be reached
   */
  public static Database openForReading(DatabaseSettings settings, Realm realm) {
    return new Database(pool(settings, schema(settings, realm)));
  }

  private static String schema(DatabaseSettings settings, Realm realm) {
    return settings.schema() + (realm == Realm.COMMON ? "" : "_embargoed");
  }

  private static HikariDataSource pool(DatabaseSettings settings, String schema) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("sluice-" + schema);
    config.setJdbcUrl(url(settings.url()));
    config.setUsername(settings.user().isEmpty() ? null : settings.user());
    config.setPassword(settings.password().isEmpty() ? null : settings.password().reveal());
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT.toMillis());
    if (settings.url().startsWith("jdbc:postgresql:")) {
      config.addDataSourceProperty("currentSchema", schema);
      config.addDataSourceProperty("ApplicationName", "sluice");
      config.addDataSourceProperty("socketTimeout", "120");
    } else {
      config.setConnectionInitSql(
          "CREATE SCHEMA IF NOT EXISTS " + schema + "; SET SCHEMA " + schema);
    }
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw new DatabaseException(
          "the database " + shown(settings.url()) + " cannot be opened: " + why(e), e);
    }
  }

  private static String why(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    if (message.contains("already in use") || message.contains("may be already in use")) {
      return "another process has the file open; stop that one first, or ask it over HTTP";
    }
    return message.lines().findFirst().orElse("");
  }

  /** Without its options: drivers take passwords there. */
  private static String shown(String url) {
    return url.replaceFirst("[;?].*", "");
  }

  static String url(String url) {
    if (!url.startsWith("jdbc:h2:")) {
      return url;
    }
    StringBuilder whole = new StringBuilder(url);
    new java.util.TreeMap<>(H2_OPTIONS)
        .forEach(
            (key, value) -> {
              if (!url.toUpperCase(java.util.Locale.ROOT).contains(";" + key + "=")) {
                whole.append(';').append(key).append('=').append(value);
              }
            });
    return whole.toString();
  }

  /** Work within one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Runs work in one transaction: all of it is kept, or nothing. */
  <T> T transaction(Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  /** Runs queries. */
  <T> T read(Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      // Within a transaction the driver of PostgreSQL fetches rows as they are needed.
      connection.setAutoCommit(false);
      try {
        return work.run(connection);
      } finally {
        connection.rollback();
      }
    }
  }

  /**
   * Forgets everything, so that it is read from the beginning of the topics again. A projector that
   * runs notices and begins anew. What the topics no longer hold is gone.
   */
  public void forget() {
    try {
      transaction(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              for (String table : TABLES) {
                statement.executeUpdate("DELETE FROM " + table);
              }
            }
            return null;
          });
    } catch (SQLException e) {
      throw new DatabaseException("the tables could not be emptied: " + why(e), e);
    }
  }

  /** Deletes events, decisions and verdicts from before. */
  void prune(Instant before) throws SQLException {
    transaction(
        connection -> {
          for (Map.Entry<String, String> ageing : AGEING.entrySet()) {
            try (var delete =
                connection.prepareStatement(
                    "DELETE FROM " + ageing.getKey() + " WHERE " + ageing.getValue() + " < ?")) {
              delete.setObject(1, before.atOffset(ZoneOffset.UTC));
              delete.executeUpdate();
            }
          }
          return null;
        });
  }

  @Override
  public void close() {
    pool.close();
  }
}
