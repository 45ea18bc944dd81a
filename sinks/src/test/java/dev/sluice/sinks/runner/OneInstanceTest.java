package dev.sluice.sinks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class OneInstanceTest {
  private static final List<TopicPartition> ALL =
      List.of(new TopicPartition("t", 0), new TopicPartition("t", 1), new TopicPartition("t", 2));

  @Test
  void oneHasAllAndTheOthersStandBy() {
    Map<String, List<TopicPartition>> shares =
        assign(Map.of("a", List.of(), "b", List.of(), "c", List.of()));
    assertThat(shares).containsEntry("a", ALL).containsEntry("b", List.of());
  }

  @Test
  void whoHasThemKeepsThem() {
    assertThat(assign(Map.of("a", List.of(), "b", ALL))).containsEntry("b", ALL);
  }

  @Test
  void whatAnotherHoldsIsGivenUpFirst() {
    Map<String, List<TopicPartition>> shares =
        assign(Map.of("a", ALL.subList(0, 1), "b", ALL.subList(1, 3)));
    assertThat(shares).containsEntry("a", List.of()).containsEntry("b", ALL.subList(1, 3));
  }

  private static Map<String, List<TopicPartition>> assign(Map<String, List<TopicPartition>> owned) {
    List<PartitionInfo> infos = new ArrayList<>();
    ALL.forEach(
        partition ->
            infos.add(
                new PartitionInfo(
                    "t", partition.partition(), Node.noNode(), new Node[0], new Node[0])));
    Cluster cluster = new Cluster("c", List.of(Node.noNode()), infos, Set.of(), Set.of());
    Map<String, Subscription> group = new HashMap<>();
    owned.forEach((name, has) -> group.put(name, new Subscription(List.of("t"), null, has)));
    Map<String, List<TopicPartition>> shares = new HashMap<>();
    new OneInstance()
        .assign(cluster, new GroupSubscription(group))
        .groupAssignment()
        .forEach((name, assignment) -> shares.put(name, assignment.partitions()));
    return shares;
  }
}
