package dev.sluice.app.settings;

import dev.sluice.app.client.ClientSettings;
import dev.sluice.app.feed.FeedSettings;
import dev.sluice.producers.gateway.GatewaySettings;
import dev.sluice.producers.publish.PublisherSettings;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.settings.Setting;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.database.DatabaseSettings;
import dev.sluice.streams.StreamsSettings;
import java.nio.file.Path;
import java.util.Map;

/** Everything that can be set, by service. */
public record SluiceSettings(
    @Setting(
            value = "data",
            doc = "Directory of the one-process mode: broker, state and keys live in it.")
        Path dataDir,
    @Setting(value = "true", doc = "Whether text on a terminal may have colours; NO_COLOR wins.")
        boolean colours,
    @Setting(doc = "How logs are written.") LogSettings log,
    @Setting(doc = "How to reach Kafka.") KafkaSettings kafka,
    @Setting(doc = "How to reach the Schema Registry.") RegistrySettings registry,
    @Setting(doc = "How commands reach a gateway.") ClientSettings client,
    @Setting(doc = "How reports are published.") PublisherSettings publisher,
    @Setting(doc = "How reports come in over HTTP.") GatewaySettings gateway,
    @Setting(doc = "How the topology runs.") StreamsSettings streams,
    @Setting(doc = "Sinks by name.") Map<String, SinkSettings> sinks,
    @Setting(doc = "The database that lists and explanations come from.") DatabaseSettings database,
    @Setting(
            doc =
                "Feeds by name, loaded by the clock in the one-process mode and by sluice feeds run.")
        Map<String, FeedSettings> feeds,
    @Setting(doc = "The one-process mode.") UpSettings up,
    @Setting(doc = "Health and metrics.") ManagementSettings management) {

  /** Whether to write colours to standard output. */
  public boolean isColoured(boolean terminal) {
    return terminal && colours;
  }
}
