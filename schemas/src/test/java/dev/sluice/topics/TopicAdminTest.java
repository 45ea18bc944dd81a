package dev.sluice.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class TopicAdminTest {
  private final MockAdminClient admin = MockAdminClient.create().numBrokers(3).build();

  /** The mock has no leaders of its own: it knows the ends that it is told. */
  private void giveLeaders(String prefix, int partitions) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (Topics.Realm realm : Topics.Realm.values()) {
      for (int partition = 0; partition < partitions; partition++) {
        for (Topic<?> topic : Topics.all()) {
          ends.put(new TopicPartition(Topics.name(prefix, realm, topic), partition), 0L);
        }
        ends.put(new TopicPartition(Topics.deadLetters(prefix, realm), partition), 0L);
      }
    }
    admin.updateEndOffsets(ends);
  }

  private TopicAdmin topics(String prefix, int partitions) {
    KafkaSettings settings = new KafkaSettings("broker:9092", prefix, partitions, 3, Map.of());
    giveLeaders(prefix, partitions);
    return new TopicAdmin(admin, settings, Duration.ofSeconds(5));
  }

  private int partitions(String name) throws ExecutionException, InterruptedException {
    TopicDescription description =
        admin.describeTopics(List.of(name)).topicNameValues().get(name).get();
    return description.partitions().size();
  }

  private String config(String topic, String key) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(Set.of(resource)).all().get().get(resource).get(key).value();
  }

  @Test
  void createsWhatIsMissing() throws Exception {
    List<String> created = topics("acme.", 6).ensure(Realm.COMMON);
    assertThat(created).hasSize(Topics.all().size() + 1).contains("acme.dead-letters.v1");
    assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrderElementsOf(created);
  }

  @Test
  void createsNothingTwice() {
    topics("", 6).ensure(Realm.COMMON);
    assertThat(topics("", 6).ensure(Realm.COMMON)).isEmpty();
  }

  @Test
  void givesPerAssetTopicsAndDeadLettersTheSamePartitionsAndReferenceDataOne() throws Exception {
    topics("", 6).ensure(Realm.COMMON);
    assertThat(partitions("findings.observed.v1")).isEqualTo(6);
    assertThat(partitions("tickets.v1")).isEqualTo(6);
    assertThat(partitions("knowledge.v1")).isEqualTo(6);
    assertThat(partitions("dead-letters.v1")).isEqualTo(6);
    assertThat(partitions("policies.v1")).isEqualTo(1);
    assertThat(partitions("vulnerability-intel.v1")).isEqualTo(1);
  }

  @Test
  void createsEmbargoedTopicsBesideTheSharedOnes() throws Exception {
    topics("", 6).ensure(Realm.COMMON);
    assertThat(topics("", 6).ensure(Realm.EMBARGOED))
        .contains("embargoed.findings.v1", "embargoed.dead-letters.v1")
        .doesNotContain("policies.v1", "embargoed.policies.v1");
  }

  @Test
  void setsRetentionOfEachKind() throws Exception {
    topics("", 6).ensure(Realm.COMMON);
    assertThat(config("findings.v1", "cleanup.policy")).isEqualTo("compact");
    assertThat(config("findings.v1", "min.cleanable.dirty.ratio")).isEqualTo("0.1");
    assertThat(config("scans.v1", "cleanup.policy")).isEqualTo("compact,delete");
    assertThat(config("decisions.v1", "cleanup.policy")).isEqualTo("delete");
    assertThat(config("decisions.v1", "retention.ms")).isEqualTo("34214400000");
    assertThat(config("dead-letters.v1", "cleanup.policy")).isEqualTo("delete");
    assertThat(config("items.v1", "max.message.bytes")).isEqualTo("1048576");
    assertThat(config("items.v1", "min.insync.replicas")).isEqualTo("2");
  }

  @Test
  void listsEveryTopicWithAnotherPartitionCountAndCreatesNothing() throws Exception {
    admin.createTopics(
        List.of(
            new NewTopic("findings.v1", 4, (short) 1), new NewTopic("policies.v1", 2, (short) 1)));
    assertThatThrownBy(() -> topics("", 6).ensure(Realm.COMMON))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("findings.v1 has 4 and must have 6")
        .hasMessageContaining("policies.v1 has 2 and must have 1")
        .hasMessageContaining("kafka.partitions");
    assertThat(admin.listTopics().names().get()).hasSize(2);
  }

  @Test
  void verifyNamesWhatIsMissing() {
    assertThatThrownBy(() -> topics("x.", 6).verify(Realm.COMMON))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("x.findings.v1");
    topics("x.", 6).ensure(Realm.COMMON);
    topics("x.", 6).verify(Realm.COMMON);
  }

  @Test
  void namesTheBrokerThatDoesNotAnswer() {
    admin.timeoutNextRequest(100);
    assertThatThrownBy(() -> topics("", 6).ensure(Realm.COMMON))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining("broker:9092");
  }
}
