package dev.sluice.sinks.feedback;

import dev.sluice.events.ActionItem;
import dev.sluice.events.Finding;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.TicketFeedback;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topic;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reads the partitions that are asked for from the topics, each time anew: people change tickets
 * seldom, and nothing has to be kept in memory meanwhile. Belongs to one thread.
 */
final class KafkaWorld implements World, AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(200);

  /** Empty polls in a row after which a topic is given up for now: 60 seconds. */
  private static final int PATIENCE = 300;

  private final KafkaSettings kafka;
  private final AvroSerdes serdes;
  private final Realm realm;
  private final String sink;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Map<Integer, Set<String>> asked = new HashMap<>();

  KafkaWorld(KafkaSettings kafka, AvroSerdes serdes, Realm realm, String sink) {
    this.kafka = kafka;
    this.serdes = serdes;
    this.realm = realm;
    this.sink = sink;
    Map<String, Object> reading = new HashMap<>(kafka.properties());
    reading.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    reading.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-tickets-" + sink);
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    reading.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    this.consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    Map<String, Object> writing = new HashMap<>(kafka.properties());
    writing.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    writing.put(ProducerConfig.CLIENT_ID_CONFIG, "sluice-tickets-" + sink);
    writing.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
    writing.put(ProducerConfig.ACKS_CONFIG, "all");
    writing.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    this.producer =
        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Map<String, ActionItem> items(Set<Integer> partitions, Set<String> ids) {
    Map<String, ActionItem> items = new HashMap<>();
    read(
        Topics.ITEMS,
        partitions,
        null,
        ids::contains,
        item -> items.put(item.getId(), item),
        items::remove);
    return items;
  }

  @Override
  public List<Finding> findings(Set<Integer> partitions, Set<String> ids) {
    Map<String, Finding> findings = new HashMap<>();
    read(
        Topics.FINDINGS,
        partitions,
        null,
        key -> true,
        finding -> {
          boolean part = finding.getMovedTo() == null && ids.contains(finding.getItem());
          if (part && finding.getDecision() != null && finding.getDecision().getActionable()) {
            findings.put(finding.getId(), finding);
          } else {
            findings.remove(finding.getId());
          }
        },
        findings::remove);
    return List.copyOf(findings.values());
  }

  @Override
  public List<ScanVerdict> scans(Set<Integer> partitions, Instant since) {
    List<ScanVerdict> scans = new ArrayList<>();
    read(Topics.SCANS, partitions, since, key -> true, scans::add, key -> {});
    return scans;
  }

  @Override
  public boolean ask(int partition, TicketFeedback feedback) {
    Set<String> known = asked.computeIfAbsent(partition, this::asked);
    if (!known.add(identity(feedback))) {
      return false;
    }
    String topic = Topics.name(kafka.prefix(), realm, Topics.FEEDBACK);
    String key = sink + "/" + feedback.getItemId() + "/" + feedback.getEpisode();
    try {
      producer
          .send(
              new ProducerRecord<>(
                  topic,
                  partition,
                  key.getBytes(StandardCharsets.UTF_8),
                  serdes.forTopic(Topics.FEEDBACK).serializer().serialize(topic, feedback)))
          .get();
      return true;
    } catch (InterruptedException e) {
      known.remove(identity(feedback));
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing a request", e);
    } catch (ExecutionException e) {
      known.remove(identity(feedback));
      throw new KafkaException("a request could not be written", e.getCause());
    }
  }

  private Set<String> asked(int partition) {
    Set<String> known = new HashSet<>();
    read(
        Topics.FEEDBACK,
        Set.of(partition),
        null,
        key -> key.startsWith(sink + "/"),
        feedback -> known.add(identity(feedback)),
        key -> {});
    return known;
  }

  private static String identity(TicketFeedback feedback) {
    return String.join(
        "/",
        feedback.getItemId(),
        Integer.toString(feedback.getEpisode()),
        feedback.getKind().name(),
        String.valueOf(feedback.getAt()));
  }

  private <V extends SpecificRecord> void read(
      Topic<V> topic,
      Set<Integer> partitions,
      Instant since,
      Predicate<String> keys,
      Consumer<V> into,
      Consumer<String> gone) {
    String name = Topics.name(kafka.prefix(), realm, topic);
    List<TopicPartition> assigned =
        partitions.stream().map(number -> new TopicPartition(name, number)).toList();
    var decoder = serdes.forTopic(topic).deserializer();
    consumer.assign(assigned);
    Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
    seek(assigned, ends, since);
    int idle = 0;
    while (!reached(ends)) {
      var records = consumer.poll(STEP);
      idle = records.isEmpty() ? idle + 1 : 0;
      if (idle > PATIENCE) {
        throw new KafkaException(name + " gave no records for 60 seconds");
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (!keys.test(key)) {
          continue;
        }
        if (record.value() == null) {
          gone.accept(key);
        } else {
          into.accept(decoder.deserialize(name, record.headers(), record.value()));
        }
      }
    }
  }

  private void seek(List<TopicPartition> assigned, Map<TopicPartition, Long> ends, Instant since) {
    if (since == null) {
      consumer.seekToBeginning(assigned);
      return;
    }
    Map<TopicPartition, Long> times = new HashMap<>();
    assigned.forEach(partition -> times.put(partition, since.toEpochMilli()));
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, first) ->
                consumer.seek(partition, first == null ? ends.get(partition) : first.offset()));
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    producer.close(Duration.ofSeconds(5));
  }
}
