package dev.sluice.topics;

import dev.sluice.topics.TopicChange.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How a topic on the broker differs from its declaration, and what would come of mending it. */
final class TopicDrift {

  /**
   * A topic as the broker has it.
   *
   * @param replication replicas of the partition that has the fewest
   * @param configs settings in force, defaults of the broker included
   */
  record Present(int partitions, int replication, Map<String, String> configs) {
    Present {
      configs = Map.copyOf(configs);
    }
  }

  private TopicDrift() {}

  /** What is to be done where there is no such topic. */
  static TopicChange missing(TopicPlan plan) {
    String declared =
        plan.partitions() + " partitions, " + plan.replication() + " replicas, " + settings(plan);
    return new TopicChange(plan.name(), "topic", "", declared, Effect.CREATES, "it is missing");
  }

  private static String settings(TopicPlan plan) {
    return String.join(
        ", ",
        new TreeMap<>(plan.configs())
            .entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList());
  }

  /** Every difference, partitions first, settings by name. */
  static List<TopicChange> between(TopicPlan plan, Present present) {
    List<TopicChange> changes = new ArrayList<>();
    if (present.partitions() != plan.partitions()) {
      changes.add(
          new TopicChange(
              plan.name(),
              "partitions",
              Integer.toString(present.partitions()),
              Integer.toString(plan.partitions()),
              Effect.FIXED,
              "the number of partitions decides where an asset's records are: set"
                  + " kafka.partitions to what the per-asset topics have"));
    }
    if (present.replication() < plan.replication()) {
      changes.add(
          new TopicChange(
              plan.name(),
              "replication",
              Integer.toString(present.replication()),
              Integer.toString(plan.replication()),
              Effect.BY_HAND,
              "which broker gets a replica is yours to say: kafka-reassign-partitions.sh"));
    }
    new TreeMap<>(plan.configs())
        .forEach(
            (name, declared) -> {
              String now = present.configs().getOrDefault(name, "");
              if (!isMet(name, now, declared)) {
                changes.add(setting(plan.name(), name, now, declared, present));
              }
            });
    return changes;
  }

  /** Some settings are met by more than what is declared. */
  private static boolean isMet(String name, String now, String declared) {
    return switch (name) {
      case "cleanup.policy" -> policies(now).equals(policies(declared));
      case "min.insync.replicas", "max.message.bytes" ->
          !now.isEmpty() && Long.parseLong(now) >= Long.parseLong(declared);
      default -> now.equals(declared);
    };
  }

  private static Set<String> policies(String text) {
    Set<String> policies = new TreeSet<>();
    for (String each : text.split(",")) {
      policies.add(each.strip());
    }
    return policies;
  }

  private static TopicChange setting(
      String topic, String name, String now, String declared, Present present) {
    Effect effect = Effect.SAFE;
    String why;
    switch (name) {
      case "cleanup.policy" -> {
        boolean startsToDelete =
            policies(declared).contains("delete") && !policies(now).contains("delete");
        effect = startsToDelete ? Effect.LOSES_DATA : Effect.SAFE;
        why =
            startsToDelete
                ? "records that are kept for good now would be deleted by age"
                : policies(declared).contains("compact") && !policies(now).contains("compact")
                    ? "the newest record of each key is kept, older ones of the same key go"
                    : "every record is kept until its age, not only the newest of its key";
      }
      case "retention.ms" -> {
        boolean shorter = keepsLonger(now, declared);
        effect = shorter ? Effect.LOSES_DATA : Effect.SAFE;
        why =
            shorter
                ? "records older than " + days(declared) + " would be deleted"
                : "records would be kept for " + days(declared);
      }
      case "delete.retention.ms" -> {
        boolean shorter = keepsLonger(now, declared);
        effect = shorter ? Effect.LOSES_DATA : Effect.SAFE;
        why =
            shorter
                ? "a consumer that was away for longer than "
                    + days(declared)
                    + " would miss"
                    + " deletions"
                : "a consumer may be away for " + days(declared) + " and sees all deletions";
      }
      case "min.insync.replicas" -> {
        boolean enough = present.replication() >= Long.parseLong(declared);
        effect = enough ? Effect.SAFE : Effect.BY_HAND;
        why =
            enough
                ? "an acknowledged record would survive the loss of a broker"
                : "with "
                    + present.replication()
                    + " replicas nothing could be written any more;"
                    + " raise the replication first";
      }
      case "max.message.bytes" -> why = "larger records of ours would be taken";
      case "segment.ms" -> why = "quiet topics are compacted or deleted as they are meant to be";
      case "min.cleanable.dirty.ratio" -> why = "a restart reads less that is outdated";
      default -> why = "as declared";
    }
    return new TopicChange(topic, name, now, declared, effect, why);
  }

  /** Whether the first age is longer than the second; -1 is for good. */
  private static boolean keepsLonger(String now, String declared) {
    if (now.isEmpty()) {
      return false;
    }
    long before = Long.parseLong(now);
    long after = Long.parseLong(declared);
    return after >= 0 && (before < 0 || before > after);
  }

  private static String days(String millis) {
    long value = Long.parseLong(millis);
    long hours = value / 3_600_000;
    return value < 0 ? "ever" : hours % 24 == 0 ? hours / 24 + " days" : hours + " hours";
  }
}
