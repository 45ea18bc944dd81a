package dev.sluice.streams.generation;

import dev.sluice.streams.topology.SluiceTopology;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What the broker holds of the generations of one realm. */
final class Survey {
  private final Broker broker;
  private final Generation any;
  private final Set<String> groups;
  private final Set<String> topics;

  /**
   * @param any a generation of the realm
   */
  Survey(Broker broker, Generation any) {
    this.broker = broker;
    this.any = any;
    this.groups = broker.groups();
    this.topics = broker.topics();
  }

  /** Every generation that has left a trace, in order. */
  List<Generation> all() {
    Set<Integer> numbers = new TreeSet<>();
    groups.forEach(group -> any.numberOf(group).ifPresent(numbers::add));
    topics.forEach(topic -> any.numberOf(topic).ifPresent(numbers::add));
    return numbers.stream().map(any::withNumber).toList();
  }

  /** Whether state was being carried into it and nobody has said that it is all there. */
  boolean isMarked(Generation generation) {
    return topics.contains(generation.marker());
  }

  boolean hasOffsets(Generation generation) {
    return groups.contains(generation.applicationId())
        && !broker.offsets(generation.applicationId()).isEmpty();
  }

  /**
   * Whether it has state that counts. Kafka forgets the offsets of a group that has stood still for
   * a week (offsets.retention.minutes), and never a changelog.
   */
  boolean hasLived(Generation generation) {
    return hasOffsets(generation) || (!isMarked(generation) && hasRows(generation));
  }

  private boolean hasRows(Generation generation) {
    Map<String, TopicDescription> logs = broker.describe(changelogs(generation).values());
    List<TopicPartition> partitions = partitions(logs);
    if (partitions.isEmpty()) {
      return false;
    }
    Map<TopicPartition, Long> begins = broker.begins(partitions);
    return broker.ends(partitions, IsolationLevel.READ_UNCOMMITTED).entrySet().stream()
        .anyMatch(end -> end.getValue() > begins.get(end.getKey()));
  }

  /** Changelog topics of a generation by store, stores of this release or not. */
  Map<String, String> changelogs(Generation generation) {
    Map<String, String> found = new TreeMap<>();
    Pattern name = Pattern.compile(Pattern.quote(generation.applicationId()) + "-(.+)-changelog");
    for (String topic : topics) {
      var matcher = name.matcher(topic);
      if (matcher.matches()) {
        found.put(matcher.group(1), topic);
      }
    }
    return found;
  }

  static List<TopicPartition> partitions(Map<String, TopicDescription> topics) {
    return topics.values().stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(p -> new TopicPartition(topic.name(), p.partition())))
        .toList();
  }

  /** Partitions of the topics whose position in the log is part of the state. */
  List<TopicPartition> sources() {
    return partitions(broker.describe(SluiceTopology.sources(any.prefix(), any.realm())));
  }
}
