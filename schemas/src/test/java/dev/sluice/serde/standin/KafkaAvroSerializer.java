package dev.sluice.serde.standin;

import dev.sluice.serde.SluiceAvroSerializer;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** Has the shape of Confluent's class of this name: public, without arguments, of Object. */
public class KafkaAvroSerializer implements Serializer<Object> {
  /** What the last instance was configured with; tests here run one after another. */
  public static Map<String, Object> lastConfigured = Map.of();

  private final SluiceAvroSerializer<IndexedRecord> inner = new SluiceAvroSerializer<>();

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    lastConfigured = Map.copyOf(configs);
    inner.configure(configs, isKey);
  }

  @Override
  public byte[] serialize(String topic, Object record) {
    if (topic.equals("unreachable")) {
      // As Confluent's does when its client cannot connect.
      throw new SerializationException("Error", new java.net.ConnectException("refused"));
    }
    return inner.serialize(topic, (IndexedRecord) record);
  }
}
