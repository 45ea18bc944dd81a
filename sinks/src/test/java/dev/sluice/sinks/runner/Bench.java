package dev.sluice.sinks.runner;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.TicketLink;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.alert.AlertSink;
import dev.sluice.topics.AssetPartitioner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A runner taken apart for tests: a mock consumer, books in memory, time that passes when told, and
 * the test's own thread for everything.
 */
final class Bench {
  static final String TOPIC = "findings.actionable.v1";
  static final int PARTITIONS = 2;

  final VirtualTime time = new VirtualTime();
  final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final List<String> delivered = new ArrayList<>();
  final List<SinkContext> contexts = new ArrayList<>();
  final Map<Integer, List<TicketLink>> links = new HashMap<>();
  final List<CompletableFuture<Void>> unacknowledged = new ArrayList<>();
  final List<String> conditions = new ArrayList<>();
  final List<String> buried = new ArrayList<>();
  boolean acknowledge = true;
  Function<SinkContext, Delivery> receiver = context -> Delivery.delivered();
  final MemoryStates states = new MemoryStates();
  final Desk<?> desk;
  final Intake intake;
  final Sink sink;
  private final List<ActionEvent> sent = new ArrayList<>();
  private final Map<Integer, Long> ends = new HashMap<>();
  private final List<ConsumerRecord<byte[], byte[]>> early = new ArrayList<>();

  Bench(Wants wants, boolean recordsIntent, Map<String, String> settings) {
    this(wants, recordsIntent, settings, null);
  }

  Bench(Wants wants, boolean recordsIntent, Map<String, String> settings, Sink own) {
    this(wants, recordsIntent, settings, own, null);
  }

  /** A sink of alerts. */
  static Bench ofAlerts(Map<String, String> settings, AlertSink alerts) {
    return new Bench(Wants.EVERY_EVENT, false, settings, null, alerts);
  }

  private Bench(
      Wants wants,
      boolean recordsIntent,
      Map<String, String> settings,
      Sink own,
      AlertSink alerts) {
    List<PartitionInfo> infos = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      infos.add(new PartitionInfo(TOPIC, i, Node.noNode(), new Node[0], new Node[0]));
      consumer.updateBeginningOffsets(Map.of(new TopicPartition(TOPIC, i), 0L));
      consumer.updateEndOffsets(Map.of(new TopicPartition(TOPIC, i), 0L));
    }
    consumer.updatePartitions(TOPIC, infos);
    SinkSettings all = Defaults.sink("test", settings);
    SinkDescriptor descriptor =
        new SinkDescriptor("test", "Test", SinkSettings.class, wants, true, recordsIntent, "");
    sink = own != null ? own : this::deliver;
    RunnerParts parts =
        new RunnerParts(
            "test",
            sink,
            Optional.ofNullable(alerts),
            descriptor,
            all,
            TOPIC,
            () -> consumer,
            (topic, bytes) -> decode(bytes),
            states,
            new MemoryTickets(),
            this::bury,
            new SinkMetrics(meters, "test", "test"),
            (condition, reason) -> conditions.add((condition + " " + reason).strip()),
            time.timing(),
            new Random(5));
    desk = Desk.of(parts);
    intake = new Intake(parts, desk, consumer);
  }

  private synchronized Delivery deliver(
      dev.sluice.events.ActionItem item, ActionEvent event, SinkContext context) {
    contexts.add(context);
    Delivery delivery = receiver.apply(context);
    delivered.add(
        "%s/%d %s %s"
            .formatted(item.getId(), item.getRevision(), event.getType(), delivery.outcome()));
    return delivery;
  }

  private CompletableFuture<Void> bury(
      ConsumerRecord<byte[], byte[]> record, String error, Instant at) {
    buried.add(record.partition() + ":" + record.offset() + " " + error);
    return written();
  }

  private CompletableFuture<Void> written() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (acknowledge) {
      done.complete(null);
    } else {
      unacknowledged.add(done);
    }
    return done;
  }

  private final class MemoryTickets implements TicketLog {
    @Override
    public void read(Set<Integer> partitions, BiConsumer<Integer, TicketLink> into) {
      partitions.forEach(
          number ->
              links.getOrDefault(number, List.of()).forEach(link -> into.accept(number, link)));
    }

    @Override
    public CompletableFuture<Void> append(int partition, TicketLink link) {
      links.computeIfAbsent(partition, number -> new ArrayList<>()).add(link);
      return written();
    }
  }

  Bench assign(int... partitions) {
    List<TopicPartition> all = new ArrayList<>();
    for (int partition : partitions) {
      all.add(new TopicPartition(TOPIC, partition));
    }
    consumer.rebalance(all);
    early.removeIf(
        record -> {
          boolean ours = all.contains(new TopicPartition(TOPIC, record.partition()));
          if (ours) {
            consumer.addRecord(record);
          }
          return ours;
        });
    poll();
    return this;
  }

  /** Puts an event where its asset belongs. */
  Bench send(ActionEvent event) {
    int partition = AssetPartitioner.partition(event.getItem().getAsset(), PARTITIONS);
    return sendRaw(partition, encode(event), new RecordHeaders());
  }

  Bench sendRaw(int partition, byte[] value, RecordHeaders headers) {
    long offset = ends.merge(partition, 1L, Long::sum) - 1;
    consumer.updateEndOffsets(Map.of(new TopicPartition(TOPIC, partition), offset + 1));
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            TOPIC,
            partition,
            offset,
            0,
            TimestampType.CREATE_TIME,
            0,
            value == null ? -1 : value.length,
            new byte[0],
            value,
            headers,
            Optional.empty());
    if (consumer.assignment().contains(new TopicPartition(TOPIC, partition))) {
      consumer.addRecord(record);
    } else {
      early.add(record);
    }
    return this;
  }

  /** One turn of the reading side; commits are due each time. */
  Bench poll() {
    time.pass(Duration.ofMillis(500));
    intake.cycle(Duration.ZERO);
    return this;
  }

  /** Delivers whatever may be delivered now. */
  Bench work() {
    while (desk.deliverOne()) {
      continue;
    }
    return this;
  }

  /** Reads and delivers over and over while this much time passes. */
  Bench run(Duration duration) {
    long until = time.nanos() + duration.toNanos();
    while (time.nanos() < until) {
      poll().work();
    }
    return poll();
  }

  long committed(int partition) {
    TopicPartition key = new TopicPartition(TOPIC, partition);
    OffsetAndMetadata offset = consumer.committed(Set.of(key)).get(key);
    return offset == null ? -1 : offset.offset();
  }

  double count(String metric, String... tags) {
    return meters.get(metric).tags(tags).counter().count();
  }

  /** Stands for an event's bytes; the wire format has tests of its own. */
  byte[] encode(ActionEvent event) {
    sent.add(event);
    return java.nio.ByteBuffer.allocate(8).putLong(sent.size() - 1).array();
  }

  private ActionEvent decode(byte[] bytes) {
    if (bytes.length != 8) {
      throw new SerializationException("not our bytes");
    }
    return sent.get((int) java.nio.ByteBuffer.wrap(bytes).getLong());
  }
}
