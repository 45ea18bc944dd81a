package dev.sluice.producers.gate;

import dev.sluice.events.GateOverride;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.AssetPartitioner;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * {@code gate-overrides.v1}. It connects for each one, as there are few in a year, and asks Kafka
 * how many partitions there are: who breaks a glass may have no settings at hand.
 */
public final class KafkaOverrides implements OverrideLog {
  private final KafkaSettings kafka;
  private final AvroSerdes serdes;

  public KafkaOverrides(KafkaSettings kafka, AvroSerdes serdes) {
    this.kafka = kafka;
    this.serdes = serdes;
  }

  @Override
  public void record(GateOverride override) {
    String topic = Topics.name(kafka.prefix(), Realm.COMMON, Topics.OVERRIDES);
    try (Producer<byte[], byte[]> producer = producer()) {
      producer
          .send(
              new ProducerRecord<>(
                  topic,
                  AssetPartitioner.partition(
                      override.getAsset(), producer.partitionsFor(topic).size()),
                  override.getAsset().getBytes(StandardCharsets.UTF_8),
                  serdes.forTopic(Topics.OVERRIDES).serializer().serialize(topic, override)))
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotKeptException("interrupted while writing to " + topic, e);
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new NotKeptException(
          "it is not overridden, as "
              + topic
              + " cannot be written ("
              + cause.getMessage()
              + "); sluice topics create makes it",
          e);
    }
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> config = new HashMap<>(kafka.properties());
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "sluice-gate-overrides");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000");
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
