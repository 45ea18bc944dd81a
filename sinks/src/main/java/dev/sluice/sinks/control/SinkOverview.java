package dev.sluice.sinks.control;

import dev.sluice.events.SinkCondition;
import dev.sluice.events.SinkState;
import dev.sluice.events.TicketLink;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.runner.SinkRunners;
import dev.sluice.topics.DeadLetterHeaders;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.header.Header;

/** Looks how every configured sink fares, wherever it runs. */
public final class SinkOverview {
  private final KafkaSettings settings;
  private final AvroSerdes serdes;
  private final Kafka kafka;
  private final Map<String, SinkState> orders = new HashMap<>();
  private final Map<String, SinkState> states = new HashMap<>();
  private final Map<String, Instant> delivered = new HashMap<>();
  private final Map<String, Integer> buried = new HashMap<>();

  public SinkOverview(KafkaSettings settings, AvroSerdes serdes) {
    this.settings = settings;
    this.serdes = serdes;
    this.kafka = new Kafka(settings);
  }

  /**
   * One row for each sink, in the order of their names.
   *
   * @throws KafkaException if Kafka cannot be reached
   */
  public List<SinkStatus> look(Map<String, SinkSettings> sinks) throws InterruptedException {
    readBoard();
    Set<Realm> realms = EnumSet.noneOf(Realm.class);
    sinks.values().forEach(sink -> realms.add(sink.realm()));
    realms.forEach(this::readBooks);
    List<SinkStatus> rows = new ArrayList<>();
    try (Admin admin = kafka.admin()) {
      for (Map.Entry<String, SinkSettings> sink : new TreeMap<>(sinks).entrySet()) {
        rows.add(row(admin, sink.getKey(), sink.getValue()));
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
    return rows;
  }

  private void readBoard() {
    SinkBoard board = new SinkBoard(settings.prefix(), serdes);
    kafka.read(
        SinkBoard.topicOf(settings.prefix()),
        raw ->
            board
                .read(raw)
                .ifPresent(
                    entry ->
                        (entry.isOrder() ? orders : states)
                            .put(entry.state().getSink(), entry.state())));
  }

  private void readBooks(Realm realm) {
    String tickets = Topics.name(settings.prefix(), realm, Topics.TICKETS);
    var decoder = serdes.forTopic(Topics.TICKETS).deserializer();
    kafka.read(
        tickets,
        raw -> {
          if (raw.value() != null) {
            TicketLink link = decoder.deserialize(tickets, raw.headers(), raw.value());
            if (link.getAt() != null && link.getLastEventId() != null) {
              delivered.merge(link.getSink(), link.getAt(), (a, b) -> a.isAfter(b) ? a : b);
            }
          }
        });
    kafka.read(
        Topics.deadLetters(settings.prefix(), realm),
        raw -> {
          Header step = raw.headers().lastHeader(DeadLetterHeaders.STEP);
          if (step != null) {
            buried.merge(new String(step.value(), StandardCharsets.UTF_8), 1, Integer::sum);
          }
        });
  }

  private SinkStatus row(Admin admin, String name, SinkSettings sink)
      throws InterruptedException, ExecutionException {
    String group = SinkRunners.group(settings.prefix(), name);
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    int instances = instances(admin, group);
    Instant owed = null;
    for (OffsetAndMetadata offset : committed.values()) {
      Instant since = offset == null ? null : SinkRunners.owedSince(offset.metadata()).orElse(null);
      owed = since != null && (owed == null || since.isBefore(owed)) ? since : owed;
    }
    SinkState said = said(name, instances);
    return new SinkStatus(
        name,
        sink.type(),
        sink.enabled() ? word(said, instances) : "disabled",
        said == null ? "" : said.getReason(),
        instances,
        lag(admin, Topics.name(settings.prefix(), sink.realm(), Topics.ACTIONABLE), committed),
        owed,
        delivered.get(name),
        buried.getOrDefault("sink:" + name, 0));
  }

  /** An order to pause outweighs what the sink says, which may not have heard of it. */
  private SinkState said(String name, int instances) {
    SinkState order = orders.get(name);
    if (order != null && order.getCondition() == SinkCondition.PAUSED) {
      return order;
    }
    return instances == 0 ? null : states.get(name);
  }

  private static String word(SinkState said, int instances) {
    if (said != null && said.getCondition() == SinkCondition.PAUSED) {
      return instances == 0 ? "paused, not running" : "paused";
    }
    if (instances == 0) {
      return "not running";
    }
    return said == null ? "running" : said.getCondition().name().toLowerCase(Locale.ROOT);
  }

  private static int instances(Admin admin, String group)
      throws InterruptedException, ExecutionException {
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return 0;
      }
      throw e;
    }
  }

  private static long lag(
      Admin admin, String topic, Map<TopicPartition, OffsetAndMetadata> committed)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .forEach(
            info -> latest.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest()));
    long lag = 0;
    for (var end : admin.listOffsets(latest).all().get().entrySet()) {
      OffsetAndMetadata offset = committed.get(end.getKey());
      lag += Math.max(0, end.getValue().offset() - (offset == null ? 0 : offset.offset()));
    }
    return lag;
  }
}
