package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.settings.KafkaSettings;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/** What failures of Kafka's clients mean for a user. */
final class KafkaFailures {
  private KafkaFailures() {}

  /** A client that could not even be made: bad addresses or properties. */
  static CommandFailure clientRefused(KafkaSettings kafka, KafkaException e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof ConfigException)) {
      cause = cause.getCause();
    }
    boolean addresses = cause.getMessage() != null && cause.getMessage().contains("bootstrap");
    return new CommandFailure(
        addresses ? ExitCode.UNREACHABLE : ExitCode.USAGE,
        "the Kafka client refuses its settings ("
            + cause.getMessage()
            + "); check kafka.bootstrap-servers ("
            + kafka.bootstrapServers()
            + ") and kafka.properties",
        e);
  }
}
