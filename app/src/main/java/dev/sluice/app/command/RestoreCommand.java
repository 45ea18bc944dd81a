package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.backup.BackupException;
import dev.sluice.app.backup.Restore;
import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.topics.Topics.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice restore}. */
@Command(
    name = "restore",
    description = {
      "Write a backup to a Kafka, or into a data directory, that holds nothing of Sluice yet;"
          + " topics with records are refused. Schemas get the ids of the registry that is there.",
      "No service may run. Delete streams.state-dir of every instance before you start them: state"
          + " on disk belongs to the topics that were lost."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice restore sluice-2026-05-04.zip --set kafka.partitions=12",
      "  sluice restore night.zip --data-dir /var/lib/sluice-new"
    })
final class RestoreCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private SettingsOptions options;
  @Mixin private MachineOptions machine;

  @Parameters(paramLabel = "FILE", description = "What sluice backup wrote.")
  private Path file;

  RestoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!Files.isReadable(file)) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": cannot be read");
    }
    machine.directory().ifPresent(RestoreCommand::requireNoState);
    return machine.with(options, console, true, this::restore);
  }

  /** State and tables of another life would be taken for those of the topics. */
  private static void requireNoState(Path directory) {
    for (String each : List.of("streams", "database")) {
      if (Files.exists(directory.resolve(each))) {
        throw new CommandFailure(
            ExitCode.USAGE,
            directory.resolve(each)
                + " is there; restore into a new directory, and take redaction.key along");
      }
    }
  }

  private int restore(SluiceSettings settings) {
    AvroSerdes serdes = AvroSerdes.of(settings.registry());
    try (Restore restore = new Restore(file, settings.kafka(), serdes)) {
      restore.requireEmpty();
      TopicSetup.create(settings.kafka(), List.of(Realm.values()));
      restore.apply(
          part -> {
            if (part.records() > 0) {
              console.out().println(part.name() + ": " + part.records());
            }
          });
      console.out().println("restored " + restore.records() + " records of " + file);
      return ExitCode.OK.code();
    } catch (BackupException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    } catch (KafkaException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, "not restored: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage(), e);
    }
  }
}
