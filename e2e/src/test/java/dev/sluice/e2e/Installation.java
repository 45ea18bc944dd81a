package dev.sluice.e2e;

import dev.sluice.app.Console;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.settings.SettingsException;
import dev.sluice.app.settings.SettingsLoader;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.embedded.junit.SharedKafka;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.topics.Topics.Realm;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Topics and settings of their own for one test, on a broker that others use too. */
final class Installation {
  static final int PARTITIONS = 3;

  private final SettingsLoader loader;

  private Installation(SettingsLoader loader) {
    this.loader = loader;
  }

  /** With a prefix that no other test uses, and its topics made in both realms. */
  static Installation fresh(KafkaUnderTest kafka, String name, Path directory) {
    Installation installation =
        of(
            kafka.bootstrapServers(),
            kafka.registryUrl(),
            SharedKafka.unique(name) + ".",
            directory);
    TopicSetup.create(installation.settings().kafka(), List.of(Realm.values()));
    return installation;
  }

  /** With everything given, as a process of its own needs it. */
  static Installation of(String bootstrap, String registry, String prefix, Path directory) {
    return new Installation(new SettingsLoader(Map.of(), directory))
        .with("kafka.bootstrap-servers", bootstrap)
        .with("kafka.prefix", prefix)
        .with("kafka.partitions", PARTITIONS)
        .with("kafka.replication", 1)
        .with("registry.url", registry)
        .with("gateway.port", 0)
        .with("publisher.redaction-key", "a key that is only for tests")
        .with("streams.state-dir", directory.resolve("streams"))
        .with("streams.threads", 1)
        .with("streams.embargoed", false)
        // The least that a broker allows by default: somebody who was killed is missed early.
        .with("streams.properties.consumer.session.timeout.ms", 6_000)
        .with("streams.properties.consumer.heartbeat.interval.ms", 500);
  }

  Installation with(String key, Object value) {
    loader.flag(key, value.toString(), "test");
    return this;
  }

  SluiceSettings settings() {
    try {
      return loader.load();
    } catch (SettingsException e) {
      throw new IllegalArgumentException(e);
    }
  }

  AvroSerdes serdes() {
    return AvroSerdes.of(settings().registry());
  }

  /** A console that shows nothing and is asked nothing. */
  static Console silent() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new Console(InputStream.nullInputStream(), nowhere, nowhere);
  }
}
