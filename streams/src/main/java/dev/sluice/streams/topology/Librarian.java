package dev.sluice.streams.topology;

import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps reference data in a global store, as it came. Nothing is decoded here but to see that it
 * can be: a record that cannot stays out, with a warning, and the one before it stays in force. A
 * global thread has no dead letters; the loader has checked every record before it wrote it.
 */
final class Librarian<V extends SpecificRecord> implements Processor<byte[], byte[], Void, Void> {
  private static final Logger log = LoggerFactory.getLogger(Librarian.class);

  private final String topic;
  private final String store;
  private final Deserializer<V> values;
  private KeyValueStore<Bytes, byte[]> library;

  Librarian(String topic, String store, Deserializer<V> values) {
    this.topic = topic;
    this.store = store;
    this.values = values;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    library = context.getStateStore(store);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    if (record.value() != null && !isReadable(record)) {
      return;
    }
    library.put(Bytes.wrap(record.key()), record.value());
  }

  private boolean isReadable(Record<byte[], byte[]> record) {
    try {
      values.deserialize(topic, record.value());
      return true;
    } catch (SerializationException e) {
      log.atWarn()
          .addKeyValue("topic", topic)
          .addKeyValue("key", new String(record.key(), StandardCharsets.UTF_8))
          .addKeyValue("reason", e.getMessage())
          .log("reference data cannot be decoded; what was there before stays in force");
      return false;
    }
  }
}
