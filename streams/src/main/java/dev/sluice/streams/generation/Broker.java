package dev.sluice.streams.generation;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.BrokerUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeLogDirsResult;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The questions that generations ask of the broker, each with an answer or a clear error. */
final class Broker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Admin admin;
  private final String servers;

  Broker(KafkaSettings kafka) {
    servers = kafka.bootstrapServers();
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, kafka.prefix() + "sluice-generations");
    try {
      admin = Admin.create(properties);
    } catch (KafkaException e) {
      throw unavailable("make a client", e);
    }
  }

  Set<String> groups() {
    return await("list groups", admin.listGroups(new ListGroupsOptions()).all()).stream()
        .map(GroupListing::groupId)
        .collect(Collectors.toSet());
  }

  Set<String> topics() {
    return await(
        "list topics", admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
  }

  /** Members that the group has now; none if there is no such group. */
  int members(String group) {
    try {
      return await(
              "describe group " + group,
              admin.describeConsumerGroups(List.of(group)).describedGroups().get(group))
          .members()
          .size();
    } catch (GroupIdNotFoundException e) {
      return 0;
    }
  }

  /** Committed offsets, after transactions under way have ended. */
  Map<TopicPartition, OffsetAndMetadata> offsets(String group) {
    try {
      Map<TopicPartition, OffsetAndMetadata> found =
          new HashMap<>(
              await(
                  "read the offsets of group " + group,
                  admin
                      .listConsumerGroupOffsets(
                          group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                      .partitionsToOffsetAndMetadata()));
      found.values().removeIf(java.util.Objects::isNull);
      return found;
    } catch (GroupIdNotFoundException e) {
      return Map.of();
    }
  }

  /** Topics that exist, by name. */
  Map<String, TopicDescription> describe(Collection<String> names) {
    Map<String, TopicDescription> found = new HashMap<>();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach(
            (name, future) -> {
              try {
                found.put(name, await("describe topic " + name, future));
              } catch (UnknownTopicOrPartitionException e) {
                // It is missing, which is an answer.
              }
            });
    return found;
  }

  /** First offsets. */
  Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
  }

  /** Offsets behind the last record, or behind the last that no open transaction holds up. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, IsolationLevel isolation) {
    return offsets(partitions, OffsetSpec.latest(), isolation);
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> specs =
        partitions.stream().collect(Collectors.toMap(p -> p, p -> spec));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        await(
            "find the ends of topics",
            admin.listOffsets(specs, new ListOffsetsOptions(isolation)).all());
    return found.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
  }

  /** Settings that the topic has of its own, not those it has from the broker. */
  Map<String, String> settings(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        await(
            "read the settings of topic " + topic,
            admin.describeConfigs(List.of(resource)).values().get(resource));
    return config.entries().stream()
        .filter(entry -> entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG)
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  /** Bytes on one replica of each topic; empty where the broker does not let us ask. */
  Map<String, OptionalLong> bytes(Map<String, TopicDescription> topics) {
    Map<String, OptionalLong> bytes = new HashMap<>();
    topics.keySet().forEach(name -> bytes.put(name, OptionalLong.empty()));
    try {
      Set<Integer> brokers =
          topics.values().stream()
              .flatMap(topic -> topic.partitions().stream())
              .flatMap(partition -> partition.replicas().stream())
              .map(node -> node.id())
              .collect(Collectors.toSet());
      DescribeLogDirsResult asked = admin.describeLogDirs(brokers);
      Map<TopicPartition, Long> largest = new HashMap<>();
      await("read sizes", asked.allDescriptions())
          .values()
          .forEach(
              dirs ->
                  dirs.values()
                      .forEach(
                          dir ->
                              dir.replicaInfos()
                                  .forEach((p, info) -> largest.merge(p, info.size(), Math::max))));
      largest.forEach(
          (partition, size) ->
              bytes.computeIfPresent(
                  partition.topic(), (name, sum) -> OptionalLong.of(sum.orElse(0) + size)));
    } catch (BrokerUnavailableException e) {
      // Sizes are for people only; a client without rights on the cluster goes without.
    }
    return bytes;
  }

  /**
   * Creates topics and waits until the broker knows them by their new ids and leads their
   * partitions. What is written to a topic that was deleted a moment ago is lost without an error.
   *
   * @throws TopicExistsException if one is there
   */
  void create(List<NewTopic> topics) {
    CreateTopicsResult created = admin.createTopics(topics);
    Map<String, Uuid> ids = new HashMap<>();
    for (NewTopic topic : topics) {
      String purpose = "create topic " + topic.name();
      await(purpose, created.values().get(topic.name()));
      ids.put(topic.name(), await(purpose, created.topicId(topic.name())));
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isLed(ids)) {
      if (System.nanoTime() - end >= 0) {
        throw unavailable("find the leaders of new topics", new TimeoutException());
      }
      pause();
    }
  }

  private boolean isLed(Map<String, Uuid> ids) {
    try {
      Map<String, TopicDescription> known = describe(ids.keySet());
      if (!ids.entrySet().stream()
          .allMatch(
              each ->
                  known.containsKey(each.getKey())
                      && known.get(each.getKey()).topicId().equals(each.getValue()))) {
        return false;
      }
      ends(Survey.partitions(known), IsolationLevel.READ_UNCOMMITTED);
      return true;
    } catch (UnknownTopicOrPartitionException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new InterruptException("Interrupted while waiting for new topics", e);
    }
  }

  /** Deletes exactly these topics, and not others that have their names by now. */
  void delete(Collection<Uuid> topics) {
    for (KafkaFuture<Void> each :
        admin.deleteTopics(TopicCollection.ofTopicIds(topics)).topicIdValues().values()) {
      try {
        await("delete topics", each);
      } catch (UnknownTopicIdException e) {
        // Somebody else was faster.
      }
    }
  }

  private <T> T await(String purpose, KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof UnknownTopicIdException
          || e.getCause() instanceof TopicExistsException
          || e.getCause() instanceof GroupIdNotFoundException) {
        throw (RuntimeException) e.getCause();
      }
      throw unavailable(purpose, e.getCause());
    } catch (TimeoutException e) {
      throw unavailable(purpose, e);
    } catch (InterruptedException e) {
      throw new InterruptException("Interrupted while trying to " + purpose, e);
    }
  }

  private BrokerUnavailableException unavailable(String purpose, Throwable cause) {
    String reason =
        cause instanceof TimeoutException
            ? "no answer within " + PATIENCE.toSeconds() + " s; check kafka.bootstrap-servers"
            : String.valueOf(cause.getMessage());
    return new BrokerUnavailableException(
        "Cannot " + purpose + " at " + servers + ": " + reason, cause);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
