package dev.sluice.serde.standin;

import dev.sluice.serde.SluiceAvroDeserializer;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Has the shape of Confluent's class of this name: public, without arguments, of Object. */
public class KafkaAvroDeserializer implements Deserializer<Object> {
  private final SluiceAvroDeserializer<IndexedRecord> inner = new SluiceAvroDeserializer<>();

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    inner.configure(configs, isKey);
  }

  @Override
  public Object deserialize(String topic, byte[] bytes) {
    if (topic.equals("unreachable")) {
      // As Confluent's does when its client cannot connect.
      throw new SerializationException("Error", new java.net.ConnectException("refused"));
    }
    return inner.deserialize(topic, bytes);
  }
}
