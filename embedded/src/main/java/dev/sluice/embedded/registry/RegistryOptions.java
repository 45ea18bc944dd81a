package dev.sluice.embedded.registry;

import dev.sluice.registry.CompatibilityLevel;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How to run the registry.
 *
 * @param bootstrapServers the brokers that keep its topic, host:port, comma separated
 * @param port port for clients on loopback; 0 chooses a free one
 * @param topic name of the compacted topic; a registry of Confluent's calls its own {@code
 *     _schemas}
 * @param replication replication factor of the topic if it must be created
 * @param compatibility level of subjects for which none was set, where none was set for all
 * @param clientProperties further Kafka client properties, for example {@code security.protocol}
 */
public record RegistryOptions(
    String bootstrapServers,
    int port,
    String topic,
    int replication,
    CompatibilityLevel compatibility,
    Map<String, String> clientProperties) {

  public RegistryOptions {
    Objects.requireNonNull(bootstrapServers, "bootstrapServers");
    Objects.requireNonNull(compatibility, "compatibility");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535, but is " + port);
    }
    if (topic.isBlank() || replication < 1) {
      throw new IllegalArgumentException("topic must have a name and replication at least 1");
    }
    clientProperties = Map.copyOf(clientProperties);
  }

  /** One copy of the topic {@code _schemas}, BACKWARD as Confluent's default, a chosen port. */
  public static RegistryOptions on(String bootstrapServers) {
    return new RegistryOptions(
        bootstrapServers, 0, "_schemas", 1, CompatibilityLevel.BACKWARD, Map.of());
  }

  public RegistryOptions withPort(int newPort) {
    return new RegistryOptions(
        bootstrapServers, newPort, topic, replication, compatibility, clientProperties);
  }

  public RegistryOptions withTopic(String newTopic, int newReplication) {
    return new RegistryOptions(
        bootstrapServers, port, newTopic, newReplication, compatibility, clientProperties);
  }

  public RegistryOptions withCompatibility(CompatibilityLevel level) {
    return new RegistryOptions(bootstrapServers, port, topic, replication, level, clientProperties);
  }

  /** Sets a Kafka client property by Kafka's own name. */
  public RegistryOptions with(String property, String value) {
    Map<String, String> all = new TreeMap<>(clientProperties);
    all.put(property, value);
    return new RegistryOptions(bootstrapServers, port, topic, replication, compatibility, all);
  }

  /** Client properties may hold credentials: their values are not printed. */
  @Override
  public String toString() {
    return "RegistryOptions[bootstrapServers="
        + bootstrapServers
        + ", port="
        + port
        + ", topic="
        + topic
        + ", replication="
        + replication
        + ", compatibility="
        + compatibility
        + ", clientProperties="
        + clientProperties.keySet()
        + "]";
  }
}
