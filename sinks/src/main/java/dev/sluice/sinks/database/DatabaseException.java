package dev.sluice.sinks.database;

/** The database cannot be used; the message says what to do, and holds no credentials. */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
