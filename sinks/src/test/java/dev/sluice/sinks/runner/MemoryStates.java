package dev.sluice.sinks.runner;

import dev.sluice.events.ActionItem;
import dev.sluice.topics.AssetPartitioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topic of items in memory, never compacted. */
final class MemoryStates implements ItemStates {
  private final List<State> all = new ArrayList<>();
  int walks;

  void put(ActionItem item) {
    int partition = AssetPartitioner.partition(item.getAsset(), Bench.PARTITIONS);
    byte[] key = item.getId().getBytes(StandardCharsets.UTF_8);
    all.add(
        new State(
            new ConsumerRecord<>("items.v1", partition, all.size(), key, new byte[1]),
            Optional.of(item)));
  }

  @Override
  public Cursor read(Set<Integer> partitions) {
    walks++;
    int end = all.size();
    return new Cursor() {
      private int next;
      private Set<Integer> wanted = partitions;

      @Override
      public List<State> next(Duration wait) {
        List<State> states = new ArrayList<>();
        while (next < end && states.size() < 500) {
          State state = all.get(next++);
          if (wanted.contains(state.raw().partition())) {
            states.add(state);
          }
        }
        return states;
      }

      @Override
      public boolean isAtEnd() {
        return next >= end;
      }

      @Override
      public void back(Map<Integer, Long> offsets) {
        wanted = offsets.keySet();
        next = offsets.values().stream().mapToInt(Long::intValue).min().orElse(end);
      }

      @Override
      public void close() {}
    };
  }
}
