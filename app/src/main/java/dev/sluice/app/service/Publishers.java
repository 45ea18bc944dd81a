package dev.sluice.app.service;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.publish.FormatReaders;
import dev.sluice.producers.publish.Publisher;
import dev.sluice.producers.publish.PublisherSettings;
import dev.sluice.producers.publish.RedactionKeys;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topics;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;

/** Puts publishers together from settings. */
public final class Publishers {
  private Publishers() {}

  /**
   * A publisher over a producer of its own, which connects with the first report.
   *
   * @param redactor hides and hashes secrets, see {@link #redactor}
   */
  public static Publisher create(
      KafkaSettings kafka, PublisherSettings settings, AvroSerdes serdes, Redactor redactor) {
    return Publisher.connect(
        kafka,
        serdes.forTopic(Topics.OBSERVED).serializer(),
        new FormatReaders(new ReaderSettings(redactor)),
        settings,
        Clock.systemUTC(),
        new SecureRandom());
  }

  /**
   * What hides and hashes secrets, with the key that the settings name.
   *
   * @throws CommandFailure if that key cannot be used
   */
  public static Redactor redactor(PublisherSettings settings) {
    try {
      return RedactionKeys.redactor(settings, new SecureRandom());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "publisher.redaction-key-file: "
              + settings.redactionKeyFile()
              + " cannot be read; check the path and its permissions",
          e);
    }
  }
}
