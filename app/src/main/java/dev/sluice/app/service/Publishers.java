package dev.sluice.app.service;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.producers.format.Formats;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.publish.FormatReaders;
import dev.sluice.producers.publish.Publisher;
import dev.sluice.producers.publish.PublisherSettings;
import dev.sluice.producers.publish.RedactionKeys;
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
   * @throws CommandFailure if the redaction key cannot be used
   */
  public static Publisher create(
      KafkaSettings kafka, PublisherSettings settings, AvroSerdes serdes) {
    SecureRandom random = new SecureRandom();
    Formats formats;
    try {
      formats = Formats.standard(new ReaderSettings(RedactionKeys.redactor(settings, random)));
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
    return Publisher.connect(
        kafka,
        serdes.forTopic(Topics.OBSERVED).serializer(),
        new FormatReaders(formats),
        settings,
        Clock.systemUTC(),
        random);
  }
}
