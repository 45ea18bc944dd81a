package dev.sluice.sinks.database;

import org.apache.kafka.common.TopicPartition;

/** The tables were filled from topics that are gone: other ones have their names now. */
final class OtherTopicsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OtherTopicsException(TopicPartition partition, long next, long end) {
    super(
        partition
            + " was read up to "
            + next
            + " and ends at "
            + end
            + ": the database was filled from other topics; run: sluice database rebuild");
  }
}
