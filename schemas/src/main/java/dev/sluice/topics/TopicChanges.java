package dev.sluice.topics;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.TopicChange.Effect;
import dev.sluice.topics.TopicDrift.Present;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/** Finds out how topics on the broker differ from their declaration, and mends it. */
public final class TopicChanges {
  private final AdminCalls calls;
  private final KafkaSettings settings;

  /**
   * @param admin used and not closed
   * @param timeout for each request to the broker
   */
  public TopicChanges(Admin admin, KafkaSettings settings, Duration timeout) {
    this.calls = new AdminCalls(admin, settings.bootstrapServers(), timeout);
    this.settings = settings;
  }

  /**
   * Every difference, in the order of the flow. Changes nothing.
   *
   * @throws BrokerUnavailableException if the broker refuses or does not answer in time
   */
  public List<TopicChange> plan(Realm realm) {
    List<TopicPlan> plans = TopicPlan.of(settings, realm);
    Map<String, Present> present = present(plans.stream().map(TopicPlan::name).toList());
    List<TopicChange> changes = new ArrayList<>();
    for (TopicPlan plan : plans) {
      Present topic = present.get(plan.name());
      if (topic == null) {
        changes.add(TopicDrift.missing(plan));
      } else {
        changes.addAll(TopicDrift.between(plan, topic));
      }
    }
    return changes;
  }

  private Map<String, Present> present(Collection<String> names) {
    Map<String, TopicDescription> topics = calls.describe(names);
    Map<String, Present> present = new HashMap<>();
    Map<ConfigResource, Config> configs =
        calls.await(
            "read the settings of topics",
            calls
                .admin()
                .describeConfigs(topics.keySet().stream().map(TopicChanges::resource).toList())
                .all());
    topics.forEach(
        (name, topic) ->
            present.put(
                name,
                new Present(
                    topic.partitions().size(),
                    topic.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(0),
                    configs.get(resource(name)).entries().stream()
                        .filter(entry -> entry.value() != null)
                        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)))));
    return present;
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  /**
   * Sets settings of topics to what is declared. Other settings of these topics stay as they are.
   *
   * @param changes of settings, safe ones and those that somebody has agreed to
   * @throws BrokerUnavailableException if the broker refuses or does not answer in time
   */
  public void alter(Collection<TopicChange> changes) {
    Map<ConfigResource, Collection<AlterConfigOp>> operations = new HashMap<>();
    for (TopicChange change : changes) {
      if (change.effect() != Effect.SAFE && change.effect() != Effect.LOSES_DATA) {
        throw new IllegalArgumentException(change.address() + " is no setting that can be changed");
      }
      operations
          .computeIfAbsent(resource(change.topic()), topic -> new ArrayList<>())
          .add(
              new AlterConfigOp(
                  new ConfigEntry(change.what(), change.declared()), AlterConfigOp.OpType.SET));
    }
    if (!operations.isEmpty()) {
      calls.await(
          "change the settings of topics", calls.admin().incrementalAlterConfigs(operations).all());
    }
  }
}
