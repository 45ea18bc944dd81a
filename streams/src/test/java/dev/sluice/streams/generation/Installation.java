package dev.sluice.streams.generation;

import static org.awaitility.Awaitility.await;

import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Finding;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanVerdict;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.streams.Scans;
import dev.sluice.streams.SluiceStreams;
import dev.sluice.streams.StreamsSettings;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topic;
import dev.sluice.topics.TopicAdmin;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Topics of its own on a real broker, with generations of the topology that come and go. */
final class Installation implements AutoCloseable {
  static final int PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final KafkaSettings kafka;
  final Admin admin;
  private final Realm realm;
  private final Path state;
  private final AvroSerdes serdes;
  private final KafkaProducer<byte[], ScanEvent> producer;

  Installation(OneMachine machine, Realm realm, Path state) {
    this.realm = realm;
    this.state = state;
    kafka =
        new KafkaSettings(
            machine.bootstrapServers(), SharedKafka.unique("gen") + ".", PARTITIONS, 1, Map.of());
    serdes = AvroSerdes.of(new RegistrySettings(machine.registryUrl().toString(), Map.of()));
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    new TopicAdmin(admin, kafka, Duration.ofSeconds(20)).ensure(realm);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            serdes.forTopic(Topics.OBSERVED).serializer());
  }

  Generation generation(int number) {
    return new Generation(kafka.prefix(), realm, number);
  }

  StreamsSettings settings(int generation, boolean carryOver) {
    return settings("", generation, carryOver);
  }

  private StreamsSettings settings(String instance, int generation, boolean carryOver) {
    return new StreamsSettings(
        generation,
        carryOver,
        1,
        state.resolve(kafka.prefix() + generation + instance),
        0,
        Duration.ofMillis(100),
        Duration.ofMillis(50),
        Duration.ofHours(1),
        1 << 20,
        16 << 20,
        true,
        Map.of());
  }

  /** Runs a generation; refused ones throw. */
  SluiceStreams start(int generation, boolean carryOver) {
    return start(settings(generation, carryOver));
  }

  /** Runs one of several instances of a generation. */
  SluiceStreams start(String instance, int generation) {
    return start(settings(instance, generation, false));
  }

  private SluiceStreams start(StreamsSettings settings) {
    SluiceStreams streams = SluiceStreams.of(kafka, settings, serdes, realm);
    try {
      streams.start();
    } catch (RuntimeException e) {
      streams.close();
      throw e;
    }
    return streams;
  }

  /** Publishes a scan and waits for its verdict. */
  ScanVerdict send(Scans.Scan scan) {
    publish(scan, 0, Integer.MAX_VALUE);
    return verdict(scan);
  }

  ScanVerdict verdict(Scans.Scan scan) {
    return await()
        .atMost(PATIENCE)
        .until(() -> latest(Topics.SCANS).get(scan.id()), verdict -> verdict != null);
  }

  /** Publishes some of the events of a scan. */
  void publish(Scans.Scan scan, int from, int to) {
    String topic = Topics.name(kafka.prefix(), realm, Topics.OBSERVED);
    List<ScanEvent> events = scan.events(Instant.now());
    for (ScanEvent event : events.subList(from, Math.min(to, events.size()))) {
      producer.send(
          new ProducerRecord<>(
              topic,
              AssetPartitioner.partition(event.getAsset(), PARTITIONS),
              event.getAsset().getBytes(StandardCharsets.UTF_8),
              event));
    }
    producer.flush();
  }

  /** Waits until a generation has read everything that was published. */
  void awaitRead(Generation generation) {
    String topic = Topics.name(kafka.prefix(), realm, Topics.OBSERVED);
    long published = raw(topic).size();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                offsets(generation.number()).entrySet().stream()
                        .filter(entry -> entry.getKey().topic().equals(topic))
                        .mapToLong(entry -> entry.getValue().offset())
                        .sum()
                    == published);
  }

  /** What the group of a generation has committed. */
  Map<TopicPartition, OffsetAndMetadata> offsets(int generation) throws Exception {
    return admin
        .listConsumerGroupOffsets(generation(generation).applicationId())
        .partitionsToOffsetAndMetadata()
        .get();
  }

  Map<String, Finding> findings() {
    return latest(Topics.FINDINGS);
  }

  Map<String, ActionItem> items() {
    return latest(Topics.ITEMS);
  }

  ActionItem item(String packageName) {
    return items().values().stream()
        .filter(item -> packageName.equals(item.getPackageName()))
        .findFirst()
        .orElseThrow();
  }

  List<ActionEvent> events() {
    return all(Topics.ACTIONABLE).stream().map(Map.Entry::getValue).toList();
  }

  private <V extends SpecificRecord> Map<String, V> latest(Topic<V> topic) {
    Map<String, V> latest = new LinkedHashMap<>();
    all(topic).forEach(entry -> latest.put(entry.getKey(), entry.getValue()));
    return latest;
  }

  private <V extends SpecificRecord> List<Map.Entry<String, V>> all(Topic<V> topic) {
    Deserializer<V> values = serdes.forTopic(topic).deserializer();
    String name = Topics.name(kafka.prefix(), realm, topic);
    List<Map.Entry<String, V>> all = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> each : raw(name)) {
      all.add(
          Map.entry(
              new String(each.key(), StandardCharsets.UTF_8),
              values.deserialize(name, each.value())));
    }
    return all;
  }

  /** Every committed record of a topic. */
  List<ConsumerRecord<byte[], byte[]>> raw(String topic) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  /** What a store holds by its changelog: the last value of each key, in hex. */
  Map<String, String> rows(Generation generation, String store) {
    Map<String, String> rows = new LinkedHashMap<>();
    java.util.HexFormat hex = java.util.HexFormat.of();
    for (ConsumerRecord<byte[], byte[]> each : raw(generation.changelog(store))) {
      String key = each.partition() + ":" + hex.formatHex(each.key());
      if (each.value() == null) {
        rows.remove(key);
      } else {
        rows.put(key, hex.formatHex(each.value()));
      }
    }
    return rows;
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
  }
}
