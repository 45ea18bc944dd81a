package dev.sluice.topics;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topic.Retention;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one topic is to be on the broker.
 *
 * @param partitions number of partitions, exactly: more or fewer would send an asset elsewhere
 * @param replication replicas of each partition, used when the topic is created
 * @param configs broker-side settings, used when the topic is created
 */
public record TopicPlan(
    String name, int partitions, short replication, Map<String, String> configs) {

  /** No record of ours is larger: what would make it so is cut and marked as cut. */
  public static final int MAX_MESSAGE_BYTES = 1024 * 1024;

  /** Dead letters are kept as long as anybody may take to look at them. */
  static final Retention DEAD_LETTERS = Retention.days(30);

  public TopicPlan {
    configs = Map.copyOf(configs);
  }

  /**
   * Every topic of a realm, dead letters last. Per-asset topics and dead letters have as many
   * partitions as {@code kafka.partitions} says, reference data has one.
   */
  public static List<TopicPlan> of(KafkaSettings settings, Realm realm) {
    List<TopicPlan> plans = new ArrayList<>();
    for (Topic<?> topic : Topics.all()) {
      plans.add(
          plan(
              settings,
              Topics.name(settings.prefix(), realm, topic),
              topic.byAsset() ? settings.partitions() : 1,
              topic.retention()));
    }
    plans.add(
        plan(
            settings,
            Topics.deadLetters(settings.prefix(), realm),
            settings.partitions(),
            DEAD_LETTERS));
    return plans;
  }

  private static TopicPlan plan(
      KafkaSettings settings, String name, int partitions, Retention retention) {
    Map<String, String> configs = new TreeMap<>();
    configs.put("cleanup.policy", retention.cleanupPolicy());
    configs.put("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
    // An acknowledged record survives the loss of a broker, and writing goes on without it.
    configs.put("min.insync.replicas", settings.replication() >= 3 ? "2" : "1");
    if (retention.age() != null) {
      configs.put("retention.ms", Long.toString(retention.age().toMillis()));
    }
    if (retention.compacted()) {
      // State is read from the start at every restart: keep at most a tenth of it outdated, roll
      // daily so that quiet topics are compacted too, and leave tombstones a week to be seen.
      configs.put("min.cleanable.dirty.ratio", "0.1");
      configs.put("segment.ms", Long.toString(Duration.ofDays(1).toMillis()));
      configs.put("delete.retention.ms", Long.toString(Duration.ofDays(7).toMillis()));
    }
    return new TopicPlan(name, partitions, (short) settings.replication(), configs);
  }
}
