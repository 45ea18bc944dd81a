package dev.sluice.sinks.database;

/** Somebody else has read a partition on, or the tables are being built anew: begin again. */
final class LostPartitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostPartitionException(String message) {
    super(message);
  }
}
