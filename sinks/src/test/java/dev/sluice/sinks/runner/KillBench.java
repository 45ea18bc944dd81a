package dev.sluice.sinks.runner;

import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.ItemStatus;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.sinks.Samples;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.TopicAdmin;
import dev.sluice.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** Two instances of a sink in processes of their own, which are killed hard in turn. */
public final class KillBench implements AutoCloseable {
  private final OneMachine machine;
  private final String type;
  private final Map<String, String> own;
  private final String prefix = SharedKafka.unique("kills") + ".";
  private final KafkaSettings kafka;
  private final AvroSerdes serdes;
  private final Admin admin;
  private final Random random = new Random(11);
  private final List<Process> processes = new ArrayList<>();

  /**
   * @param own settings of the sink
   */
  public KillBench(OneMachine machine, String type, Map<String, String> own) {
    this.machine = machine;
    this.type = type;
    this.own = own;
    this.kafka = SinkProcess.kafka(machine.bootstrapServers(), prefix);
    this.serdes = AvroSerdes.of(new RegistrySettings(machine.registryUrl().toString(), Map.of()));
    this.admin = Admin.create(Map.of("bootstrap.servers", machine.bootstrapServers()));
    new TopicAdmin(admin, kafka, Duration.ofSeconds(20)).ensure(Topics.Realm.COMMON);
  }

  /** Kills instances while items open, change and resolve, until all is delivered. */
  public void killWhileItemsLive(int items, int kills) throws Exception {
    List<Process> two = new ArrayList<>(List.of(launch(), launch()));
    send(items, ActionEventType.OPENED, 1);
    for (int kill = 0; kill < kills; kill++) {
      TimeUnit.MILLISECONDS.sleep(2_000 + random.nextInt(3_000));
      two.remove(0).destroyForcibly().waitFor();
      two.add(launch());
      if (kill == kills / 2) {
        send(items, ActionEventType.CHANGED, 2);
      }
    }
    // What was resolved before it was ever sent would get no ticket.
    awaitDone();
    send(items, ActionEventType.RESOLVED, 3);
    TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(1_000));
    two.remove(0).destroyForcibly().waitFor();
    two.add(launch());
    awaitDone();
  }

  private Process launch() throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                machine.bootstrapServers(), machine.registryUrl().toString(), prefix, type, type));
    own.forEach((key, value) -> arguments.add(key + "=" + value));
    Process process =
        SinkProcess.start(
            Path.of("target", "sink-process-" + type + ".log"), arguments.toArray(String[]::new));
    processes.add(process);
    return process;
  }

  private void send(int items, ActionEventType type, long revision) {
    var serializer = serdes.forTopic(Topics.ACTIONABLE).serializer();
    String topic = Topics.name(prefix, Topics.Realm.COMMON, Topics.ACTIONABLE);
    try (Producer<byte[], byte[]> producer = new SinkKafka(kafka, "test").producer()) {
      for (int i = 0; i < items; i++) {
        ActionItem item =
            Samples.item("kill-" + i)
                .setAsset("github.com/example/repo-" + i % 20)
                .setRevision(revision)
                .setContentHash("hash-" + revision)
                .setStatus(type == ActionEventType.RESOLVED ? ItemStatus.RESOLVED : ItemStatus.OPEN)
                .build();
        ActionEvent event = Samples.event(item, type);
        producer.send(
            new ProducerRecord<>(
                topic,
                AssetPartitioner.partition(item.getAsset(), kafka.partitions()),
                item.getId().getBytes(StandardCharsets.UTF_8),
                serializer.serialize(topic, event)));
      }
    }
  }

  /** Until the group has committed up to the end of every partition. */
  private void awaitDone() {
    String topic = Topics.name(prefix, Topics.Realm.COMMON, Topics.ACTIONABLE);
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int i = 0; i < kafka.partitions(); i++) {
      latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
    }
    Awaitility.await()
        .atMost(Duration.ofMinutes(20))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              var committed =
                  admin
                      .listConsumerGroupOffsets(SinkKafka.group(prefix, type))
                      .partitionsToOffsetAndMetadata()
                      .get();
              return admin.listOffsets(latest).all().get().entrySet().stream()
                  .allMatch(
                      end ->
                          committed.get(end.getKey()) != null
                              && committed.get(end.getKey()).offset() == end.getValue().offset());
            });
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    admin.close();
  }
}
