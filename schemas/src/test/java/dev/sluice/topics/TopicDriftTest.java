package dev.sluice.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.TopicChange.Effect;
import dev.sluice.topics.TopicDrift.Present;
import dev.sluice.topics.Topics.Realm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicDriftTest {
  private static final Map<String, TopicPlan> PLANS = new HashMap<>();

  static {
    KafkaSettings settings = new KafkaSettings("broker:9092", "", 6, 3, Map.of());
    TopicPlan.of(settings, Realm.COMMON).forEach(plan -> PLANS.put(plan.name(), plan));
  }

  private static List<TopicChange> changes(String topic, String setting, String now) {
    TopicPlan plan = PLANS.get(topic);
    Map<String, String> configs = new HashMap<>(plan.configs());
    configs.put(setting, now);
    return TopicDrift.between(plan, new Present(plan.partitions(), 3, configs));
  }

  @ParameterizedTest
  @CsvSource({
    // A log that is kept for 30 days.
    "findings.observed.v1, retention.ms, 86400000, SAFE",
    "findings.observed.v1, retention.ms, -1, LOSES_DATA",
    "findings.observed.v1, retention.ms, 31536000000, LOSES_DATA",
    "findings.observed.v1, cleanup.policy, compact, LOSES_DATA",
    "findings.observed.v1, cleanup.policy, 'compact,delete', SAFE",
    // A table.
    "findings.v1, cleanup.policy, delete, SAFE",
    "findings.v1, cleanup.policy, 'delete,compact', SAFE",
    "findings.v1, delete.retention.ms, 1000, SAFE",
    "findings.v1, delete.retention.ms, 9999999999, LOSES_DATA",
    "findings.v1, min.insync.replicas, 1, SAFE",
    "findings.v1, max.message.bytes, 1000, SAFE",
    "findings.v1, segment.ms, 604800000, SAFE",
    // A table that forgets.
    "scans.v1, cleanup.policy, compact, LOSES_DATA",
    "scans.v1, cleanup.policy, delete, SAFE",
  })
  void saysWhatMendingItWouldDo(String topic, String setting, String now, Effect effect) {
    assertThat(changes(topic, setting, now))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.address()).isEqualTo(topic + "/" + setting);
              assertThat(change.now()).isEqualTo(now);
              assertThat(change.declared()).isEqualTo(PLANS.get(topic).configs().get(setting));
              assertThat(change.effect()).isEqualTo(effect);
            });
  }

  @Test
  void moreThanDeclaredIsNoDifference() {
    assertThat(changes("findings.v1", "min.insync.replicas", "3")).isEmpty();
    assertThat(changes("findings.v1", "max.message.bytes", "9000000")).isEmpty();
    assertThat(changes("scans.v1", "cleanup.policy", "delete,compact")).isEmpty();
    assertThat(changes("findings.v1", "compression.type", "zstd")).isEmpty();
  }

  @Test
  void partitionsAreFixedAndReplicasAreForPeople() {
    TopicPlan plan = PLANS.get("findings.v1");

    assertThat(TopicDrift.between(plan, new Present(4, 1, plan.configs())))
        .extracting(TopicChange::what, TopicChange::effect)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("partitions", Effect.FIXED),
            org.assertj.core.groups.Tuple.tuple("replication", Effect.BY_HAND));
  }

  @Test
  void doesNotMakeATopicUnwritable() {
    TopicPlan plan = PLANS.get("findings.v1");
    Map<String, String> configs = new HashMap<>(plan.configs());
    configs.put("min.insync.replicas", "1");

    assertThat(TopicDrift.between(plan, new Present(6, 1, configs)))
        .filteredOn(change -> change.what().equals("min.insync.replicas"))
        .singleElement()
        .satisfies(change -> assertThat(change.effect()).isEqualTo(Effect.BY_HAND));
  }
}
