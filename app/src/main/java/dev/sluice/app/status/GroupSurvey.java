package dev.sluice.app.status;

import dev.sluice.app.status.StatusReport.GroupState;
import dev.sluice.settings.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Groups of the installation, with what they have not worked off yet. */
final class GroupSurvey {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Admin admin;
  private final KafkaSettings kafka;

  GroupSurvey(Admin admin, KafkaSettings kafka) {
    this.admin = admin;
    this.kafka = kafka;
  }

  List<GroupState> all() {
    String ours = kafka.prefix() + "sluice-";
    List<String> names =
        await(admin.listGroups(new ListGroupsOptions()).all()).stream()
            .map(GroupListing::groupId)
            .filter(name -> name.startsWith(ours))
            .sorted()
            .toList();
    Map<String, ConsumerGroupDescription> described =
        await(admin.describeConsumerGroups(names).all());
    List<GroupState> groups = new ArrayList<>();
    for (String name : names) {
      ConsumerGroupDescription group = described.get(name);
      groups.add(
          new GroupState(
              name,
              service(name.substring(ours.length())),
              group.groupState().toString().toLowerCase(Locale.ROOT).replace('_', ' '),
              group.members().size(),
              lag(name)));
    }
    return groups;
  }

  private static String service(String name) {
    return name.startsWith("sink-")
        ? "sink"
        : name.startsWith("streams") ? "streams" : name.startsWith("database") ? "database" : name;
  }

  private long lag(String group) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    committed.forEach(
        (partition, offset) -> {
          if (offset != null) {
            ends.put(partition, OffsetSpec.latest());
          }
        });
    if (ends.isEmpty()) {
      return 0;
    }
    // Open transactions are not written yet.
    return await(
            admin.listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all())
        .entrySet()
        .stream()
        .mapToLong(
            end -> Math.max(0, end.getValue().offset() - committed.get(end.getKey()).offset()))
        .sum();
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafkaSays
          ? kafkaSays
          : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("no answer within " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
