package dev.sluice.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How many records of changelogs are still to be read before this instance works. */
final class RestoreProgress implements StateRestoreListener {
  private final Map<TopicPartition, Long> remaining = new ConcurrentHashMap<>();

  @Override
  public void onRestoreStart(TopicPartition log, String store, long from, long to) {
    remaining.put(log, Math.max(0, to - from));
  }

  @Override
  public void onBatchRestored(TopicPartition log, String store, long last, long records) {
    remaining.computeIfPresent(log, (partition, left) -> Math.max(0, left - records));
  }

  @Override
  public void onRestoreEnd(TopicPartition log, String store, long total) {
    remaining.remove(log);
  }

  @Override
  public void onRestoreSuspended(TopicPartition log, String store, long total) {
    remaining.remove(log);
  }

  long remaining() {
    return remaining.values().stream().mapToLong(Long::longValue).sum();
  }
}
