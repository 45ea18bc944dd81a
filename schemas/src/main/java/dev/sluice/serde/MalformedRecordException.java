package dev.sluice.serde;

/** What is wrong with a record's bytes; the caller adds which record it was. */
final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedRecordException(String message) {
    super(message);
  }
}
