package dev.sluice.settings;

import java.util.Map;

/** How to reach Kafka, for every service alike. */
public record KafkaSettings(
    @Setting(value = "127.0.0.1:9092", doc = "Brokers to start from, host:port, comma separated.")
        String bootstrapServers,
    @Setting(doc = "Put before every topic, group and transactional id, for example acme.")
        String prefix,
    @Setting(
            value = "12",
            doc = "Partitions of every per-asset topic. Fixed for life: choose generously.")
        int partitions,
    @Setting(value = "3", doc = "Replication factor of topics that Sluice creates.")
        int replication,
    @Setting(
            doc =
                "Further Kafka client properties by their own names, for example security.protocol.")
        Map<String, String> properties) {

  public KafkaSettings {
    properties = properties == null ? Map.of() : Map.copyOf(properties);
    prefix = prefix == null ? "" : prefix;
  }

  /** Without values of properties: they may be credentials. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrapServers="
        + bootstrapServers
        + ", prefix="
        + prefix
        + ", partitions="
        + partitions
        + ", replication="
        + replication
        + ", properties="
        + properties.keySet()
        + "]";
  }
}
