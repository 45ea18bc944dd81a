package dev.sluice.app.backup;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.streams.generation.Generation;
import dev.sluice.streams.generation.Rebuild;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;

/** What an installation has on the broker: topics, groups and where they stand. */
final class Inventory implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * A topic that is kept.
   *
   * @param internal whether it belongs to the topology
   * @param onlyUnread whether only what the topology has not read yet matters
   * @param anyBytes whether values may be anything
   */
  record Held(
      String name,
      boolean internal,
      boolean onlyUnread,
      boolean anyBytes,
      int partitions,
      Map<String, String> configs) {}

  private final KafkaSettings kafka;
  private final Admin admin;
  private final List<Generation> generations;

  Inventory(KafkaSettings kafka) {
    this.kafka = kafka;
    Properties properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "sluice-backup");
    admin = Admin.create(properties);
    List<Generation> living = new ArrayList<>();
    try (Rebuild rebuild = new Rebuild(kafka)) {
      for (Realm realm : Realm.values()) {
        rebuild.living(realm).ifPresent(living::add);
      }
    }
    generations = List.copyOf(living);
  }

  Admin admin() {
    return admin;
  }

  /** Application ids of the generations that live, one for each realm that has one. */
  List<String> generations() {
    return generations.stream().map(Generation::applicationId).toList();
  }

  /** Groups of this installation. */
  private Set<String> groups() {
    return await(admin.listGroups(new ListGroupsOptions()).all()).stream()
        .map(GroupListing::groupId)
        .filter(name -> name.startsWith(kafka.prefix() + "sluice-"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Old generations stay where they are until somebody deletes them; they are not kept. */
  private boolean isKept(String group) {
    return !group.startsWith(kafka.prefix() + "sluice-streams") || generations().contains(group);
  }

  /**
   * A backup is consistent if nothing moves between its first record and its last.
   *
   * @throws BackupException if a member of a group runs
   */
  void requireStopped() {
    Set<String> groups = groups();
    Map<String, Integer> running = new TreeMap<>();
    await(admin.describeConsumerGroups(groups).all())
        .forEach(
            (name, group) -> {
              if (!group.members().isEmpty()) {
                running.put(name, group.members().size());
              }
            });
    if (!running.isEmpty()) {
      throw new BackupException(
          "these groups still have members: "
              + running
              + "; stop sluice streams, sinks and database (gateways may go on) and start again."
              + " One that crashed is forgotten after 10 s");
    }
  }

  /** Where each group stands, old generations of the topology left out. */
  Map<String, Map<TopicPartition, Long>> positions() {
    Map<String, Map<TopicPartition, Long>> positions = new TreeMap<>();
    for (String group : groups().stream().filter(this::isKept).toList()) {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
          .forEach(
              (partition, offset) -> {
                if (offset != null) {
                  offsets.put(partition, offset.offset());
                }
              });
      positions.put(group, offsets);
    }
    return positions;
  }

  /**
   * @throws BackupException if a group has moved since
   */
  void requireUnmoved(Map<String, Map<TopicPartition, Long>> since) {
    requireStopped();
    if (!positions().equals(since)) {
      throw new BackupException("a service was started while the backup was taken; stop it again");
    }
  }

  /** Every topic that is kept, in the order of the flow, those of the topology last. */
  List<Held> topics() {
    Set<String> existing = await(admin.listTopics().names());
    Map<String, Boolean> wanted = new java.util.LinkedHashMap<>();
    for (Realm realm : Realm.values()) {
      Topics.all().forEach(topic -> wanted.put(Topics.name(kafka.prefix(), realm, topic), false));
      wanted.put(Topics.deadLetters(kafka.prefix(), realm), false);
    }
    for (Generation generation : generations) {
      existing.stream()
          .filter(name -> name.startsWith(generation.applicationId() + "-"))
          .filter(name -> !name.equals(generation.marker()))
          .sorted()
          .forEach(name -> wanted.put(name, true));
    }
    wanted.keySet().retainAll(existing);
    Map<String, TopicDescription> described =
        await(admin.describeTopics(wanted.keySet()).allTopicNames());
    List<Held> held = new ArrayList<>();
    wanted.forEach(
        (name, internal) ->
            held.add(
                new Held(
                    name,
                    internal,
                    isObserved(name),
                    isDeadLetters(name),
                    described.get(name).partitions().size(),
                    internal ? configs(name) : Map.of())));
    if (held.isEmpty()) {
      throw new BackupException("there are no topics of Sluice here; check kafka.prefix");
    }
    return held;
  }

  private boolean isObserved(String name) {
    return java.util.Arrays.stream(Realm.values())
        .anyMatch(realm -> Topics.name(kafka.prefix(), realm, Topics.OBSERVED).equals(name));
  }

  private boolean isDeadLetters(String name) {
    return java.util.Arrays.stream(Realm.values())
        .anyMatch(realm -> Topics.deadLetters(kafka.prefix(), realm).equals(name));
  }

  private Map<String, String> configs(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config = await(admin.describeConfigs(List.of(resource)).all()).get(resource);
    return config.entries().stream()
        .filter(entry -> entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG)
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  /** The answer of the broker. */
  <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafkaSays
          ? kafkaSays
          : new KafkaException(e.getCause());
    } catch (java.util.concurrent.TimeoutException e) {
      throw new KafkaException("no answer within " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
