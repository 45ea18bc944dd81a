package dev.sluice.topics;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the topics of {@link Topics} to the broker, and refuses to work with ones that differ. */
public final class TopicAdmin {
  private static final Logger log = LoggerFactory.getLogger(TopicAdmin.class);

  private final Admin admin;
  private final KafkaSettings settings;
  private final Duration timeout;
  private final AdminCalls calls;

  /**
   * @param admin used and not closed
   * @param timeout for each of the at most three requests to the broker
   */
  public TopicAdmin(Admin admin, KafkaSettings settings, Duration timeout) {
    this.admin = admin;
    this.settings = settings;
    this.timeout = timeout;
    this.calls = new AdminCalls(admin, settings.bootstrapServers(), timeout);
  }

  /**
   * Creates the topics of a realm that are missing and checks the others. Several processes may do
   * so at once.
   *
   * @return names of the topics that were created
   * @throws TopicMismatchException if topics that exist have another number of partitions than
   *     settings say; nothing was created then
   * @throws BrokerUnavailableException if the broker refuses or does not answer in time
   */
  public List<String> ensure(Realm realm) {
    Map<String, TopicPlan> plans =
        TopicPlan.of(settings, realm).stream()
            .collect(Collectors.toMap(TopicPlan::name, Function.identity()));
    Map<String, TopicDescription> present = calls.describe(plans.keySet());
    check(plans, present);
    List<NewTopic> missing =
        plans.values().stream()
            .filter(plan -> !present.containsKey(plan.name()))
            .map(
                plan ->
                    new NewTopic(plan.name(), plan.partitions(), plan.replication())
                        .configs(plan.configs()))
            .toList();
    List<String> created = create(missing);
    if (created.size() < missing.size()) {
      // Somebody else was faster, perhaps with other settings.
      check(plans, calls.describe(plans.keySet()));
    }
    return created;
  }

  /**
   * Checks the topics of a realm and creates none.
   *
   * @throws TopicMismatchException if a topic is missing or has another number of partitions
   * @throws BrokerUnavailableException if the broker refuses or does not answer in time
   */
  public void verify(Realm realm) {
    List<TopicPlan> plans = TopicPlan.of(settings, realm);
    Map<String, TopicPlan> byName =
        plans.stream().collect(Collectors.toMap(TopicPlan::name, Function.identity()));
    Map<String, TopicDescription> present = calls.describe(byName.keySet());
    check(byName, present);
    List<String> missing =
        plans.stream().map(TopicPlan::name).filter(name -> !present.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new TopicMismatchException(
          "Topics are missing: "
              + String.join(", ", missing)
              + ". Let Sluice create them, or create them as docs/topics.md says");
    }
  }

  private static void check(Map<String, TopicPlan> plans, Map<String, TopicDescription> present) {
    List<String> wrong = new ArrayList<>();
    present.values().stream()
        .sorted(java.util.Comparator.comparing(TopicDescription::name))
        .forEach(
            topic -> {
              int planned = plans.get(topic.name()).partitions();
              int actual = topic.partitions().size();
              if (actual != planned) {
                wrong.add(topic.name() + " has " + actual + " and must have " + planned);
              }
            });
    if (!wrong.isEmpty()) {
      throw new TopicMismatchException(
          "The number of partitions is fixed for life, because it decides where an asset's records"
              + " are: "
              + String.join("; ", wrong)
              + ". Set kafka.partitions to what the per-asset topics have, or use another"
              + " kafka.prefix for a new set of topics");
    }
  }

  private List<String> create(List<NewTopic> missing) {
    List<String> created = new ArrayList<>();
    if (missing.isEmpty()) {
      return created;
    }
    admin
        .createTopics(missing)
        .values()
        .forEach(
            (name, future) -> {
              try {
                calls.await("create topic " + name, future);
                created.add(name);
              } catch (TopicExistsException e) {
                // The caller looks again.
              }
            });
    awaitLeaders(missing.stream().filter(topic -> created.contains(topic.name())).toList());
    log.atInfo()
        .addKeyValue("created", created.size())
        .addKeyValue("partitions", settings.partitions())
        .log("topics created");
    created.sort(null);
    return created;
  }

  /**
   * A broker announces a new partition a moment before it leads it. A producer that writes in that
   * moment has its first batch refused and its second taken, and then repeats the first in vain
   * until it gives up: OutOfOrderSequenceException.
   */
  private void awaitLeaders(List<NewTopic> created) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (NewTopic topic : created) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!ends.isEmpty()) {
      try {
        calls.await("find the leaders of new topics", admin.listOffsets(ends).all());
        return;
      } catch (UnknownTopicOrPartitionException e) {
        // The broker that was asked has not heard of the topic yet.
        if (System.nanoTime() > deadline) {
          throw new BrokerUnavailableException(
              "Topics were created, and " + settings.bootstrapServers() + " does not know them", e);
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new InterruptException("Interrupted while waiting for new topics", e);
    }
  }
}
