package dev.sluice.sinks.runner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives all partitions to one instance, and leaves them there: only who sees every event can say
 * them in one message. The others stand by. A partition that another one holds is given up first,
 * and assigned when it has been.
 */
public final class OneInstance implements ConsumerPartitionAssignor {
  @Override
  public String name() {
    return "sluice-one-instance";
  }

  @Override
  public List<RebalanceProtocol> supportedProtocols() {
    return List.of(RebalanceProtocol.COOPERATIVE, RebalanceProtocol.EAGER);
  }

  @Override
  public GroupAssignment assign(Cluster metadata, GroupSubscription group) {
    Map<String, Subscription> members = new TreeMap<>(group.groupSubscription());
    String chosen =
        members.entrySet().stream()
            .max(
                Comparator.<Map.Entry<String, Subscription>>comparingInt(
                        member -> member.getValue().ownedPartitions().size())
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
            .orElseThrow()
            .getKey();
    Set<TopicPartition> elsewhere = new HashSet<>();
    Map<String, Assignment> assignments = new HashMap<>();
    members.forEach(
        (member, subscription) -> {
          if (!member.equals(chosen)) {
            elsewhere.addAll(subscription.ownedPartitions());
            assignments.put(member, new Assignment(List.of()));
          }
        });
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : topics(members.values())) {
      for (PartitionInfo info : metadata.partitionsForTopic(topic)) {
        all.add(new TopicPartition(topic, info.partition()));
      }
    }
    all.removeAll(elsewhere);
    assignments.put(chosen, new Assignment(all));
    return new GroupAssignment(assignments);
  }

  private static Set<String> topics(Collection<Subscription> subscriptions) {
    Set<String> topics = new HashSet<>();
    subscriptions.forEach(subscription -> topics.addAll(subscription.topics()));
    return topics;
  }
}
