package dev.sluice.streams;

import dev.sluice.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** How the topology runs. */
public record StreamsSettings(
    @Setting(
            value = "1",
            doc =
                "Generation of the state. A higher one takes over what the one before knew; see carry-over.")
        int generation,
    @Setting(
            value = "false",
            doc =
                "Whether a new generation may carry the state of the one before over when it starts. Stop every instance of the old one first. Harmless when there is nothing to carry over.")
        boolean carryOver,
    @Setting(value = "2", doc = "Stream threads of this instance.") int threads,
    @Setting(
            value = "./data/streams",
            doc = "Folder for local state; it can be rebuilt from Kafka.")
        Path stateDir,
    @Setting(value = "0", doc = "Standby replicas of the state; 1 in a cluster.")
        int standbyReplicas,
    @Setting(
            value = "200ms",
            doc = "Time between two commits; results become visible with a commit.")
        Duration commitInterval,
    @Setting(value = "50ms", doc = "Longest time that work on one asset may hold up the others.")
        Duration slice,
    @Setting(value = "1h", doc = "How long a scan may be silent before it is given up.")
        Duration abandonAfter,
    @Setting(
            value = "16777216",
            doc = "Bytes of cache over all stores and threads of the instance.")
        long cacheBytes,
    @Setting(value = "67108864", doc = "Bytes that RocksDB may take for all stores together.")
        long rocksdbBytes,
    @Setting(
            value = "true",
            doc =
                "Whether privately reported vulnerabilities are processed here too, on topics of their own.")
        boolean embargoed,
    @Setting(doc = "Further Kafka Streams properties by their own names.")
        Map<String, String> properties) {

  public StreamsSettings {
    properties = properties == null ? Map.of() : Map.copyOf(properties);
  }
}
