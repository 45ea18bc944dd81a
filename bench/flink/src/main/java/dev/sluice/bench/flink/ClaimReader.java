package dev.sluice.bench.flink;

import dev.sluice.events.ScanEvent;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.Topics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads events with the same deserializer as the pipeline. */
public class ClaimReader implements KafkaRecordDeserializationSchema<Claim> {
  private static final long serialVersionUID = 1L;

  /** When this JVM's job read its first event, as {@link System#nanoTime}; 0 before. */
  static final AtomicLong FIRST = new AtomicLong();

  private final String registry;
  private transient Deserializer<ScanEvent> events;

  ClaimReader(String registry) {
    this.registry = registry;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    events =
        AvroSerdes.of(new RegistrySettings(registry, Map.of()))
            .forTopic(Topics.OBSERVED)
            .deserializer();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Claim> out) {
    if (FIRST.get() == 0) {
      FIRST.compareAndSet(0, System.nanoTime());
    }
    ScanEvent event = events.deserialize(record.topic(), record.value());
    if (event.getObservation() != null) {
      out.collect(Claim.of(event));
    }
  }

  @Override
  public TypeInformation<Claim> getProducedType() {
    return TypeInformation.of(Claim.class);
  }
}
