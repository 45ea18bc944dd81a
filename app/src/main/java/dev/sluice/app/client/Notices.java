package dev.sluice.app.client;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.events.ScanEvent;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Tells the topology what a person decided, straight over Kafka: who may write there is trusted.
 */
public final class Notices implements AutoCloseable {
  private final KafkaSettings kafka;
  private final AvroSerdes serdes;
  private final Producer<byte[], byte[]> producer;

  private Notices(KafkaSettings kafka, AvroSerdes serdes, Producer<byte[], byte[]> producer) {
    this.kafka = kafka;
    this.serdes = serdes;
    this.producer = producer;
  }

  public static Notices open(KafkaSettings kafka, AvroSerdes serdes) {
    Map<String, Object> properties = new HashMap<>(kafka.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "sluice-notices");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000");
    return new Notices(
        kafka,
        serdes,
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** An event of the asset that is part of no scan. */
  public static ScanEvent about(String asset) {
    String id = UUID.randomUUID().toString();
    return ScanEvent.newBuilder().setScanId(id).setAttemptId(id).setSeq(0).setAsset(asset).build();
  }

  /**
   * Writes the event and waits until it is kept.
   *
   * @throws CommandFailure if it cannot be written
   */
  public void tell(Realm realm, ScanEvent event) {
    String topic = Topics.name(kafka.prefix(), realm, Topics.OBSERVED);
    try {
      producer
          .send(
              new ProducerRecord<>(
                  topic,
                  AssetPartitioner.partition(event.getAsset(), kafka.partitions()),
                  event.getAsset().getBytes(StandardCharsets.UTF_8),
                  serdes.forTopic(Topics.OBSERVED).serializer().serialize(topic, event)))
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.UNREACHABLE, "interrupted while writing to " + topic, e);
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new CommandFailure(
          ExitCode.UNREACHABLE, topic + " cannot be written: " + cause.getMessage(), e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
