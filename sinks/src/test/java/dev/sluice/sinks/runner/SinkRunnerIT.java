package dev.sluice.sinks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemStatus;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.runner.FlakyReceiver.Ticket;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.TopicAdmin;
import dev.sluice.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances of a sink, killed hard in turn while items open, change and resolve, so that
 * partitions move between them. {@code -Dsluice.kills=50} kills more often than the default, and
 * with 2,000 items in place of 500.
 */
@ExtendWith(SharedKafka.class)
final class SinkRunnerIT {
  private static final int KILLS = Integer.getInteger("sluice.kills", 2);
  private static final int ITEMS = KILLS < 10 ? 500 : 2_000;

  @TempDir Path directory;

  private final OneMachine machine;
  private final String prefix = SharedKafka.unique("sinks") + ".";
  private final Random random = new Random(7);
  private final List<Process> processes = new ArrayList<>();
  private KafkaSettings kafka;
  private AvroSerdes serdes;
  private Admin admin;

  SinkRunnerIT(OneMachine machine) {
    this.machine = machine;
  }

  @BeforeEach
  void createTopics() {
    kafka = SinkProcess.kafka(machine.bootstrapServers(), prefix);
    serdes = AvroSerdes.of(new RegistrySettings(machine.registryUrl().toString(), Map.of()));
    admin = Admin.create(Map.of("bootstrap.servers", machine.bootstrapServers()));
    new TopicAdmin(admin, kafka, Duration.ofSeconds(20)).ensure(Topics.Realm.COMMON);
  }

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    admin.close();
  }

  @Test
  void aWebhookLosesNothingAndRepeatsOnlyUnderTheSameKey() throws Exception {
    try (FlakyReceiver receiver = new FlakyReceiver()) {
      killWhileItemsLive("webhook", receiver.url("/hook"));
      assertThat(receiver.accepted()).isEqualTo(3 * ITEMS);
      assertThat(receiver.differing()).as("repeats with another body").isZero();
      Map<String, List<Long>> revisions = receiver.revisions();
      assertThat(revisions).hasSize(ITEMS);
      assertThat(revisions.values())
          .allSatisfy(order -> assertThat(order).containsExactly(1L, 2L, 3L));
      System.out.printf(
          "webhook: %d kills, %d late answers, %d repeats of %d events%n",
          KILLS, receiver.lateAnswers(), receiver.repeats(), 3 * ITEMS);
    }
  }

  @Test
  void aTrackerWithoutIdempotencyGetsOneTicketEach() throws Exception {
    try (FlakyReceiver receiver = new FlakyReceiver()) {
      killWhileItemsLive("tickets", receiver.url("/tickets"));
      List<Ticket> tickets = receiver.tickets();
      assertThat(tickets.stream().map(Ticket::marker)).doesNotHaveDuplicates();
      assertThat(tickets).allSatisfy(ticket -> assertThat(ticket.revision()).isEqualTo(3));
      Set<String> open = new TreeSet<>();
      for (int i = 0; i < ITEMS; i++) {
        if (staysOpen(i)) {
          open.add(TicketLinks.marker("tickets", "item-" + i, 1));
        }
      }
      assertThat(tickets.stream().filter(ticket -> ticket.state().equals("open")))
          .extracting(Ticket::marker)
          .as("open tickets for open items")
          .containsExactlyInAnyOrderElementsOf(open);
      System.out.printf(
          "tickets: %d kills, %d late answers, %d tickets%n",
          KILLS, receiver.lateAnswers(), tickets.size());
    }
  }

  @Test
  void aFileHoldsEachEventOnceAfterKills() throws Exception {
    Path file = directory.resolve("events.jsonl");
    send(ActionEventType.OPENED, 1);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = launch("jsonlines", file.toString());
      TimeUnit.MILLISECONDS.sleep(1_500 + random.nextInt(1_500));
      if (kill == KILLS / 2) {
        send(ActionEventType.CHANGED, 2);
      }
      process.destroyForcibly().waitFor();
    }
    send(ActionEventType.RESOLVED, 3);
    launch("jsonlines", file.toString());
    awaitDone("jsonlines");
    Map<String, Long> newest = new HashMap<>();
    int lines = 0;
    for (Path part : files()) {
      for (String line : Files.readAllLines(part)) {
        JsonNode item = new ObjectMapper().readTree(line).get("item");
        long revision = item.get("revision").asLong();
        assertThat(revision).isEqualTo(newest.getOrDefault(item.get("id").asText(), 0L) + 1);
        newest.put(item.get("id").asText(), revision);
        lines++;
      }
    }
    assertThat(lines).isEqualTo(3 * ITEMS);
  }

  private void killWhileItemsLive(String kind, String receiver) throws Exception {
    List<Process> two = new ArrayList<>();
    two.add(launch(kind, receiver));
    two.add(launch(kind, receiver));
    send(ActionEventType.OPENED, 1);
    for (int kill = 0; kill < KILLS; kill++) {
      TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(3_000));
      two.remove(0).destroyForcibly().waitFor();
      two.add(launch(kind, receiver));
      if (kill == KILLS / 3) {
        send(ActionEventType.CHANGED, 2);
      }
      if (kill == 2 * KILLS / 3) {
        send(ActionEventType.RESOLVED, 3);
      }
    }
    awaitDone(kind);
  }

  private Process launch(String kind, String target) throws Exception {
    Process process =
        SinkProcess.start(
            Path.of("target", "sink-process-" + kind + ".log"),
            machine.bootstrapServers(),
            machine.registryUrl().toString(),
            prefix,
            kind,
            target);
    processes.add(process);
    return process;
  }

  private void send(ActionEventType type, long revision) {
    var serializer = serdes.forTopic(Topics.ACTIONABLE).serializer();
    var items = serdes.forTopic(Topics.ITEMS).serializer();
    String topic = Topics.name(prefix, Topics.Realm.COMMON, Topics.ACTIONABLE);
    String states = Topics.name(prefix, Topics.Realm.COMMON, Topics.ITEMS);
    try (Producer<byte[], byte[]> producer = new SinkKafka(kafka, "test").producer()) {
      for (int i = 0; i < ITEMS; i++) {
        ActionEventType what =
            type == ActionEventType.RESOLVED && staysOpen(i) ? ActionEventType.CHANGED : type;
        ActionItem item =
            Samples.item("item-" + i)
                .setAsset("github.com/example/repo-" + i % 50)
                .setRevision(revision)
                .setContentHash("hash-" + revision)
                .setStatus(what == ActionEventType.RESOLVED ? ItemStatus.RESOLVED : ItemStatus.OPEN)
                .build();
        int partition = AssetPartitioner.partition(item.getAsset(), kafka.partitions());
        byte[] key = item.getId().getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(states, partition, key, items.serialize(states, item)));
        producer.send(
            new ProducerRecord<>(
                topic, partition, key, serializer.serialize(topic, Samples.event(item, what))));
      }
    }
  }

  /** A third of the items is not resolved in the end. */
  private static boolean staysOpen(int item) {
    return item % 3 == 0;
  }

  /** Until the group has committed up to the end of every partition. */
  private void awaitDone(String kind) {
    String topic = Topics.name(prefix, Topics.Realm.COMMON, Topics.ACTIONABLE);
    String group = SinkKafka.group(prefix, kind);
    Awaitility.await()
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              Map<TopicPartition, OffsetAndMetadata> committed =
                  admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
              Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
              for (int i = 0; i < kafka.partitions(); i++) {
                latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
              }
              return admin.listOffsets(latest).all().get().entrySet().stream()
                  .allMatch(
                      end ->
                          committed.get(end.getKey()) != null
                              && committed.get(end.getKey()).metadata().isEmpty()
                              && committed.get(end.getKey()).offset() == end.getValue().offset());
            });
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> all = Files.list(directory)) {
      List<Path> rotated =
          all.filter(path -> path.toString().matches(".*jsonl\\.\\d+")).sorted().toList();
      List<Path> files = new ArrayList<>(rotated);
      files.add(directory.resolve("events.jsonl"));
      return files;
    }
  }
}
