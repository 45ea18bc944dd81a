package dev.sluice.serde;

import dev.sluice.registry.RegistryClient;
import dev.sluice.registry.RegistryClients;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.topics.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Where every part of Sluice gets its serdes. All serdes of one factory share one registry client,
 * and so each schema is asked for once.
 *
 * <p>The registry property {@code serde.provider} chooses whose classes do the work: {@code auto},
 * the default, takes Confluent's where they are on the class path and ours elsewhere.
 */
public final class AvroSerdes {
  private final SerdeProvider provider;
  private final OfficialClasses official;
  private final RegistryClient registry;
  private final Map<String, Object> configs;

  private AvroSerdes(
      SerdeProvider provider,
      OfficialClasses official,
      RegistryClient registry,
      Map<String, Object> configs) {
    this.provider = provider;
    this.official = official;
    this.registry = registry;
    this.configs = Map.copyOf(configs);
    TrustedEvents.install();
  }

  /**
   * @throws org.apache.kafka.common.config.ConfigException if a setting is wrong, or if Confluent's
   *     classes are asked for and absent
   */
  public static AvroSerdes of(RegistrySettings settings) {
    return of(settings, OfficialClasses.CONFLUENT);
  }

  static AvroSerdes of(RegistrySettings settings, OfficialClasses official) {
    Map<String, Object> configs = configs(settings);
    SerdeProvider provider =
        SerdeProvider.parse(configs.remove(SerdeProvider.KEY)).decide(official);
    return new AvroSerdes(provider, official, RegistryClients.of(configs), configs);
  }

  /** Serdes of ours over a registry client at hand, for tests and for a registry in this JVM. */
  public static AvroSerdes of(RegistrySettings settings, RegistryClient registry) {
    Map<String, Object> configs = configs(settings);
    configs.remove(SerdeProvider.KEY);
    return new AvroSerdes(SerdeProvider.SLUICE, OfficialClasses.CONFLUENT, registry, configs);
  }

  private static Map<String, Object> configs(RegistrySettings settings) {
    Map<String, Object> configs = new HashMap<>(settings.properties());
    configs.putIfAbsent("schema.registry.url", settings.url());
    configs.putIfAbsent(SerdeConfig.SPECIFIC_READER, "true");
    // Both providers must register the same text, or a cluster would hold two versions of each.
    configs.putIfAbsent(SerdeConfig.REMOVE_JAVA_PROPERTIES, "true");
    return configs;
  }

  /** Keys of every topic: plain UTF-8. */
  public static Serde<String> keys() {
    return Serdes.String();
  }

  /** Values of a topic, under the subject name strategy that is configured. */
  public <V extends SpecificRecord> Serde<V> forTopic(Topic<V> topic) {
    return serde(topic.value(), configs);
  }

  /**
   * Values of a Streams store, changelog or repartition topic. The subject is the type's name, so
   * that a store does not add a subject for each of its internal topics.
   */
  public <V extends SpecificRecord> Serde<V> forStore(Class<V> type) {
    Map<String, Object> pinned = new HashMap<>(configs);
    pinned.put(
        SerdeConfig.VALUE_SUBJECT,
        provider == SerdeProvider.CONFLUENT
            ? SubjectName.RECORD_NAME.confluentClass()
            : SubjectName.RECORD_NAME.name());
    return serde(type, pinned);
  }

  /** The subject of a topic's values, by the subject name strategy that is configured. */
  public String subject(String topicName, Schema schema) {
    return SerdeConfig.of(configs, false).subject().of(topicName, false, schema.getFullName());
  }

  /** The registry that the serdes ask. */
  public RegistryClient registry() {
    return registry;
  }

  /** Whose classes do the work: {@code SLUICE} or {@code CONFLUENT}. */
  public SerdeProvider provider() {
    return provider;
  }

  private <V extends SpecificRecord> Serde<V> serde(Class<V> type, Map<String, Object> configs) {
    if (provider == SerdeProvider.CONFLUENT) {
      return official.serde(type, configs);
    }
    SluiceAvroSerializer<V> serializer = new SluiceAvroSerializer<>(registry, type);
    SluiceAvroDeserializer<V> deserializer = new SluiceAvroDeserializer<>(registry, type);
    serializer.configure(configs, false);
    deserializer.configure(configs, false);
    return Serdes.serdeFrom(serializer, deserializer);
  }
}
