package dev.sluice.sinks.runner;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One event that waits for a message, without its text. An event that several messages speak of is
 * finished when the last of them is. Used under the desk's lock.
 */
final class Note {
  private final Claim claim;
  private final List<Long> offsets;
  private final int swept;
  private final Said said;
  private int messages;

  /**
   * @param messages how many messages will speak of it, at least 1
   */
  Note(Work work, int messages) {
    this.claim = work.claim();
    this.offsets = work.offsets();
    this.swept = work.swept();
    this.said = Said.of(work);
    this.messages = messages;
  }

  Claim claim() {
    return claim;
  }

  Said said() {
    return said;
  }

  /** One of its messages is done; with the last one it is finished. */
  void finishOne() {
    messages--;
    if (messages == 0) {
      offsets.forEach(claim::finished);
      claim.owed().paid(swept);
    }
  }

  /** Coordinates for the dead letters; the value is still in the topic. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    byte[] key = said.itemId().getBytes(StandardCharsets.UTF_8);
    int partition = claim.partition().partition();
    return offsets.stream()
        .map(offset -> new ConsumerRecord<byte[], byte[]>(topic, partition, offset, key, null))
        .toList();
  }
}
