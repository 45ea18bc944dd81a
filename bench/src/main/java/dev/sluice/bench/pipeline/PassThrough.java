package dev.sluice.bench.pipeline;

import dev.sluice.events.ScanEvent;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.streams.SluiceStreams;
import dev.sluice.streams.StreamsSettings;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * What Kafka Streams itself costs: reads every event, makes the same object of it as the pipeline
 * does, writes it on to a topic. The same properties as the pipeline, so exactly-once too.
 */
final class PassThrough implements Contestant {
  private final KafkaStreams streams;

  private PassThrough(KafkaStreams streams) {
    this.streams = streams;
  }

  static PassThrough start(
      KafkaSettings kafka, StreamsSettings settings, AvroSerdes serdes, String output)
      throws InterruptedException {
    Serde<ScanEvent> values = serdes.forTopic(Topics.OBSERVED);
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        "observed-source",
        new ByteArrayDeserializer(),
        values.deserializer(),
        Topics.name(kafka.prefix(), Realm.COMMON, Topics.OBSERVED));
    topology.addSink(
        "passed-sink", output, new ByteArraySerializer(), values.serializer(), "observed-source");
    Properties properties = SluiceStreams.properties(kafka, settings, Realm.COMMON);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, kafka.prefix() + "pass-through");
    KafkaStreams streams = new KafkaStreams(topology, new StreamsConfig(properties));
    streams.start();
    Contestant.settle(streams);
    return new PassThrough(streams);
  }

  @Override
  public KafkaStreams client() {
    return streams;
  }

  @Override
  public void close() {
    streams.close(Duration.ofSeconds(10));
  }
}
