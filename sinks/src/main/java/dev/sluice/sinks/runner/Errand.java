package dev.sluice.sinks.runner;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Something to be delivered: what a {@link Dispatcher} must know about it, and no more. Values do
 * not change; what becomes of an attempt is another value.
 *
 * @param <W> its own type
 */
interface Errand<W extends Errand<W>> extends Hold {

  /** Errands of one lane are delivered one after the other. */
  String lane();

  /** Bytes of the records that it holds in memory, as read. */
  long bytes();

  /** Failed attempts so far. */
  int tries();

  /** Those of them that count towards giving up. */
  int strikes();

  /**
   * After a failed attempt. It is a strike only if the sink delivered something else since the
   * attempt before: while the receiver fails for all, no errand is to blame.
   */
  W failed(long successes);

  /** This and a newer one of its lane as one, where they can be. */
  Optional<W> joined(W newer);

  /** Whether it comes from any of these partitions. */
  boolean isOf(Collection<Claim> claims);

  /** Whether a partition that it comes from is being given away. */
  boolean isDraining();

  /** Whether a partition that it comes from belongs to somebody else. */
  boolean isEnded();

  /** What a rejection sends to the dead letters. */
  List<ConsumerRecord<byte[], byte[]>> records();
}
