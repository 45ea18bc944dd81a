package dev.sluice.producers.publish;

import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanVerdict;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.TopicAdmin;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sluice's topics under a prefix on a broker, and what is on them. */
public final class KafkaFixture {
  private final KafkaSettings settings;
  private final AvroSerdes serdes;

  public KafkaFixture(String bootstrapServers, URI registry, String prefix) {
    this.settings = new KafkaSettings(bootstrapServers, prefix, 3, 1, Map.of());
    this.serdes = AvroSerdes.of(new RegistrySettings(registry.toString(), Map.of()));
  }

  public KafkaSettings settings() {
    return settings;
  }

  public Serializer<ScanEvent> serializer() {
    return serdes.forTopic(Topics.OBSERVED).serializer();
  }

  public AvroSerdes serdes() {
    return serdes;
  }

  public void createTopics() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.bootstrapServers()))) {
      TopicAdmin topics = new TopicAdmin(admin, settings, Duration.ofSeconds(30));
      topics.ensure(Realm.COMMON);
      topics.ensure(Realm.EMBARGOED);
    }
  }

  /** Everything on the observed topic now, in the order of each partition. */
  public List<ConsumerRecord<String, ScanEvent>> observed(Realm realm) {
    String topic = Topics.name(settings.prefix(), realm, Topics.OBSERVED);
    Map<String, Object> config = Map.of("bootstrap.servers", settings.bootstrapServers());
    List<ConsumerRecord<String, ScanEvent>> all = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            config, new StringDeserializer(), serdes.forTopic(Topics.OBSERVED).deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(tp -> consumer.position(tp) < ends.get(tp))) {
        consumer.poll(Duration.ofMillis(200)).forEach(all::add);
      }
    }
    return all;
  }

  public List<ScanEvent> events() {
    return observed(Realm.COMMON).stream().map(ConsumerRecord::value).toList();
  }

  /** Writes a verdict as the topology would. */
  public void decide(ScanVerdict verdict) {
    Map<String, Object> config = Map.of("bootstrap.servers", settings.bootstrapServers());
    String topic = Topics.name(settings.prefix(), Realm.COMMON, Topics.SCANS);
    try (var producer =
        new KafkaProducer<>(
            config, new StringSerializer(), serdes.forTopic(Topics.SCANS).serializer())) {
      producer.send(new ProducerRecord<>(topic, verdict.getScanId(), verdict));
    }
  }
}
