package dev.sluice.sinks.runner;

import dev.sluice.events.ActionItem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The current state of every item, to be read from the beginning to the end. */
interface ItemStates {

  /** Opens some partitions, up to their ends as they are now. */
  Cursor read(Set<Integer> partitions);

  /**
   * One record.
   *
   * @param item empty if the item was deleted, or the record cannot be read
   */
  record State(ConsumerRecord<byte[], byte[]> raw, Optional<ActionItem> item) {}

  /** A place in them. Of one item several states may come; the last one counts. */
  interface Cursor extends AutoCloseable {
    /** The next states, as many as are at hand; none may be. */
    List<State> next(Duration wait);

    boolean isAtEnd();

    /** Goes to these offsets; partitions that are not named are left out from now on. */
    void back(Map<Integer, Long> offsets);

    @Override
    void close();
  }
}
