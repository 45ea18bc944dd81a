package dev.sluice.streams.generation;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What carrying state from one generation to another would do. Nothing is changed by making one.
 *
 * @param from generation whose state is read
 * @param to generation that begins with it
 * @param members members that the group of {@code from} has now; it must have none
 * @param offsets where {@code to} will go on reading, for every partition of the topics that feed
 *     the state
 * @param expired whether Kafka has forgotten the offsets of {@code from}; what the log still holds
 *     is then read again, and counts as repeated
 * @param changelogs what is copied
 * @param upgrades names of the steps that each row goes through, in order
 * @param interrupted whether an attempt before this one was interrupted; what it copied is thrown
 *     away first
 */
public record GenerationPlan(
    Generation from,
    Generation to,
    int members,
    Map<TopicPartition, OffsetAndMetadata> offsets,
    boolean expired,
    List<Changelog> changelogs,
    List<String> upgrades,
    boolean interrupted) {

  public GenerationPlan {
    offsets = Map.copyOf(offsets);
    changelogs = List.copyOf(changelogs);
    upgrades = List.copyOf(upgrades);
  }

  /**
   * The changelog of one store.
   *
   * @param partitions number of partitions, the same for source and target
   * @param records most records that it can hold: outdated ones count until the broker compacts
   *     them away
   * @param bytes bytes on one replica; empty if the broker does not tell us
   */
  public record Changelog(
      String store,
      String source,
      String target,
      int partitions,
      long records,
      OptionalLong bytes) {}

  /** For people, one fact a line. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append("carry over from ").append(from).append(" to ").append(to).append('\n');
    text.append("  members of ").append(from).append(": ").append(members);
    text.append(members == 0 ? "\n" : " (stop them first)\n");
    for (Changelog log : changelogs) {
      text.append("  ").append(log.source()).append(" -> ").append(log.target());
      text.append(": at most ").append(log.records()).append(" records");
      log.bytes().ifPresent(bytes -> text.append(", ").append(bytes).append(" bytes"));
      text.append(", ").append(log.partitions()).append(" partitions\n");
    }
    text.append("  upgrades: ").append(upgrades.isEmpty() ? "none" : String.join(", ", upgrades));
    text.append("\n  offsets of ").append(offsets.size()).append(" partitions");
    text.append(expired ? " (forgotten by Kafka: from the beginning of the log)\n" : "\n");
    if (interrupted) {
      text.append("  an attempt was interrupted: what it copied is thrown away first\n");
    }
    return text.toString();
  }
}
