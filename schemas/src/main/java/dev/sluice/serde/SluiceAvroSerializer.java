package dev.sluice.serde;

import dev.sluice.registry.RegistryClient;
import dev.sluice.registry.RegistryClients;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes Avro records in Confluent's wire format. Kafka may make it by name, as a drop-in for
 * {@code io.confluent.kafka.serializers.KafkaAvroSerializer}; its configuration keys are
 * Confluent's, see {@code docs/topics.md}. A producer's threads may share one instance.
 *
 * <p>It fails with a {@link SerializationException} that names topic and type for a record that can
 * never be written, and with a {@link dev.sluice.registry.RegistryException} that names the subject
 * when the registry refuses the schema or does not answer.
 */
public final class SluiceAvroSerializer<T extends IndexedRecord> implements Serializer<T> {

  /** A schema on its way to a topic. Schemas are compared by identity: their hash is deep. */
  private record Route(String topic, Schema schema) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Route that && schema == that.schema && topic.equals(that.topic);
    }

    @Override
    public int hashCode() {
      return 31 * topic.hashCode() + System.identityHashCode(schema);
    }
  }

  private record Target(Route route, int id, RecordEncoder encoder, Projection projection) {}

  /** Generic writers may bring a new schema object with each record; this bounds what they cost. */
  private static final int MAX_TARGETS = 1_000;

  private final Class<T> expected;
  private final Map<Route, Target> targets = new ConcurrentHashMap<>();
  private volatile Target last;
  private RegistryClient registry;
  private SerdeConfig config;
  private boolean key;

  /** For Kafka, which calls {@link #configure} next. */
  public SluiceAvroSerializer() {
    this(null, null);
  }

  /**
   * @param registry registry to use instead of the one that the configuration names; null for that
   * @param expected the only class to accept; null for any
   */
  public SluiceAvroSerializer(RegistryClient registry, Class<T> expected) {
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
  public byte[] serialize(String topic, T record) {
    if (record == null) {
      return null;
    }
    Schema schema = record.getSchema();
    Target target = last;
    if (target == null || target.route.schema != schema || !target.route.topic.equals(topic)) {
      target = target(topic, schema, record);
      last = target;
    }
    try {
      IndexedRecord written = target.projection == null ? record : target.projection.apply(record);
      return target.encoder.encode(target.id, written);
    } catch (MalformedRecordException e) {
      throw new SerializationException(
          "A record of "
              + schema.getFullName()
              + " for topic "
              + topic
              + " cannot be written: "
              + e.getMessage());
    }
  }

  private Target target(String topic, Schema schema, T record) {
    Objects.requireNonNull(topic, "topic");
    if (config == null) {
      throw new IllegalStateException("The serializer was not configured: call configure first");
    }
    Route route = new Route(topic, schema);
    Target known = targets.get(route);
    if (known != null) {
      return known;
    }
    if (expected != null && !expected.isInstance(record)) {
      throw new SerializationException(
          "Topic "
              + topic
              + " carries "
              + expected.getName()
              + " and was given "
              + schema.getFullName());
    }
    Target made = resolve(route, record.getClass());
    if (targets.size() < MAX_TARGETS) {
      targets.put(route, made);
    }
    return made;
  }

  private Target resolve(Route route, Class<?> type) {
    Schema schema = route.schema;
    boolean specific = SpecificRecord.class.isAssignableFrom(type);
    Schema contract =
        specific && config.removeJavaProperties() ? ContractSchema.of(schema) : schema;
    String subject = config.subject().of(route.topic, key, schema.getFullName());
    if (config.autoRegister()) {
      int id = registry.register(subject, contract);
      return new Target(route, id, new RecordEncoder(schema, type), null);
    }
    if (!config.useLatest()) {
      int id = registry.idOf(subject, contract);
      return new Target(route, id, new RecordEncoder(schema, type), null);
    }
    var latest = registry.latest(subject);
    if (Projection.sameBytes(schema, latest.schema())) {
      return new Target(route, latest.id(), new RecordEncoder(schema, type), null);
    }
    Projection projection = Projection.of(schema, type, latest, config.latestStrict(), route.topic);
    return new Target(
        route, latest.id(), new RecordEncoder(latest.schema(), IndexedRecord.class), projection);
  }
}
