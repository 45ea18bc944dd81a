package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.app.LogSetup;
import dev.sluice.app.deadletter.LetterActs;
import dev.sluice.app.deadletter.LetterBox;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.registry.RegistryException;
import dev.sluice.serde.AvroSerdes;
import java.time.Clock;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;

/** Dead letters for one command. */
final class LetterSession {
  private final SluiceSettings settings;
  private final AvroSerdes serdes;
  private LetterActs acts;

  private LetterSession(SluiceSettings settings) {
    this.settings = settings;
    this.serdes = AvroSerdes.of(settings.registry());
  }

  static LetterSession of(SettingsOptions options) {
    LogSetup.libraries("ERROR");
    return new LetterSession(options.loadForOperator());
  }

  LetterBox box() {
    return new LetterBox(settings.kafka(), serdes);
  }

  /** Made when something is to be written. */
  LetterActs acts() {
    if (acts == null) {
      acts = new LetterActs(settings.kafka(), serdes, Clock.systemUTC());
    }
    return acts;
  }

  /** Works, and turns what Kafka says into the end of the command. */
  <T> T ask(Function<LetterSession, T> work) {
    try {
      return work.apply(this);
    } catch (RegistryException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, e.getMessage(), e);
    } catch (KafkaException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "Kafka at "
              + settings.kafka().bootstrapServers()
              + ": "
              + (e.getCause() == null ? e : e.getCause()).getMessage(),
          e);
    } finally {
      if (acts != null) {
        acts.close();
      }
    }
  }
}
