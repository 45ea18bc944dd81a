package dev.sluice.sinks.database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a real PostgreSQL server. */
final class PostgresReadModelIT extends ReadModelContract {
  private static Postgres postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = Postgres.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (postgres != null) {
      postgres.close();
    }
  }

  @Override
  String url() {
    return postgres.url();
  }

  @Override
  String user() {
    return "sluice";
  }
}
