package dev.sluice.serde;

import dev.sluice.registry.RegistryClient;
import dev.sluice.registry.RegistryClients;
import dev.sluice.registry.RegistryRefusedException;
import dev.sluice.registry.RegistryUnavailableException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads Avro records in Confluent's wire format, whoever wrote them, into our own version of the
 * record. Kafka may make it by name, as a drop-in for {@code
 * io.confluent.kafka.serializers.KafkaAvroDeserializer} with Confluent's configuration keys.
 *
 * <p>With {@code specific.avro.reader=true}, the default here, it makes generated classes of {@code
 * dev.sluice.events} and refuses records of any other type; with {@code false} it makes generic
 * records of the schema they were written with.
 *
 * <p>It fails with a {@link SerializationException} that names topic, subject and schema id for a
 * record that can never be read, and with a {@link RegistryUnavailableException} when no registry
 * answers: that record may be good.
 */
public final class SluiceAvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {
  private final Class<T> expected;
  private final Map<Integer, RecordDecoder<T>> decoders = new ConcurrentHashMap<>();
  private RegistryClient registry;
  private SerdeConfig config;
  private boolean key;

  /** For Kafka, which calls {@link #configure} next. */
  public SluiceAvroDeserializer() {
    this(null, null);
  }

  /**
   * @param registry registry to use instead of the one that the configuration names; null for that
   * @param expected the generated class to make; null for the one that the schema names
   */
  public SluiceAvroDeserializer(RegistryClient registry, Class<T> expected) {
    this.registry = registry;
    this.expected = expected;
    TrustedEvents.install();
  }

  /**
   * @throws ConfigException if a setting is missing or wrong
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    this.config = SerdeConfig.of(configs, isKey);
    this.key = isKey;
    if (registry == null) {
      this.registry = RegistryClients.of(configs);
    }
  }

  @Override
  public T deserialize(String topic, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      int id = WireFormat.schemaId(bytes);
      RecordDecoder<T> decoder = decoders.get(id);
      if (decoder == null) {
        decoder = decoder(topic, id);
        decoders.put(id, decoder);
      }
      return decoder.decode(bytes);
    } catch (MalformedRecordException e) {
      throw new SerializationException(
          "A record of topic " + topic + " cannot be read: " + e.getMessage());
    }
  }

  private RecordDecoder<T> decoder(String topic, int id) throws MalformedRecordException {
    if (config == null) {
      throw new IllegalStateException("The deserializer was not configured: call configure first");
    }
    Schema writer = writerSchema(topic, id);
    if (!config.specificReader()) {
      return RecordDecoder.generic(id, writer);
    }
    Class<T> type = expected == null ? named(writer) : expected;
    Schema reader = SpecificData.get().getSchema(type);
    if (!reader.getFullName().equals(writer.getFullName())) {
      throw new MalformedRecordException(
          "schema id " + id + " is " + writer.getFullName() + ", not " + reader.getFullName());
    }
    return RecordDecoder.specific(id, writer, reader, type);
  }

  private Schema writerSchema(String topic, int id) {
    String subject =
        config.subject() == SubjectName.TOPIC_NAME
            ? " (subject " + config.subject().of(topic, key, "") + ")"
            : "";
    String record = "A record of topic " + topic + subject + " has schema id " + id + ": ";
    try {
      return registry.schema(id);
    } catch (RegistryUnavailableException e) {
      throw new RegistryUnavailableException(record + e.getMessage(), e);
    } catch (RegistryRefusedException e) {
      throw new SerializationException(record + e.getMessage(), e);
    }
  }

  @SuppressWarnings("unchecked")
  private Class<T> named(Schema writer) throws MalformedRecordException {
    try {
      Class<?> type = SpecificData.get().getClass(writer);
      if (type != null && IndexedRecord.class.isAssignableFrom(type)) {
        return (Class<T>) type;
      }
    } catch (SecurityException e) {
      // A schema may name any class; only generated events are made.
    }
    throw new MalformedRecordException(
        "there is no generated class for "
            + writer.getFullName()
            + "; set specific.avro.reader=false to read any type");
  }
}
