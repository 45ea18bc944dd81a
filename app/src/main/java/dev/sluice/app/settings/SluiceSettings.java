package dev.sluice.app.settings;

import dev.sluice.app.service.ManagementSettings;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.settings.Setting;
import java.nio.file.Path;

/** Everything that can be set, by service. */
public record SluiceSettings(
    @Setting(
            value = "data",
            doc = "Directory of the one-process mode: broker, state and keys live in it.")
        Path dataDir,
    @Setting(doc = "How to reach Kafka.") KafkaSettings kafka,
    @Setting(doc = "How to reach the Schema Registry.") RegistrySettings registry,
    @Setting(doc = "Health and metrics.") ManagementSettings management) {}
