package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.Version;
import dev.sluice.app.backup.Backup;
import dev.sluice.app.backup.BackupException;
import dev.sluice.app.backup.Manifest;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.serde.AvroSerdes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice backup}. */
@Command(
    name = "backup",
    description = {
      "Write everything that cannot be reported again into one file: the topology's state,"
          + " findings, items, decisions, links to tickets, reference data, and how far each group"
          + " has read. Reports that the topology has applied are not in it; what it has not read"
          + " yet is.",
      "The topology, the sinks and the database service must be stopped; gateways may go on. The"
          + " file holds every open finding, embargoed ones too: only its owner may read it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice backup sluice-2026-05-04.zip",
      "  sluice backup night.zip --data-dir /var/lib/sluice"
    })
final class BackupCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private SettingsOptions options;
  @Mixin private MachineOptions machine;

  @Parameters(paramLabel = "FILE", description = "New file, or a directory to make one in.")
  private Path target;

  BackupCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return machine.with(options, console, false, this::backup);
  }

  private int backup(SluiceSettings settings) {
    Instant now = Instant.now();
    Path file =
        Files.isDirectory(target)
            ? target.resolve("sluice-" + now.toString().replaceAll("[:.]", "-") + ".zip")
            : target;
    boolean done = false;
    boolean made = false;
    try {
      OwnerFiles.create(file);
      made = true;
      Manifest manifest =
          new Backup(settings.kafka(), AvroSerdes.of(settings.registry()).registry())
              .write(file, Version.current(), now);
      done = true;
      manifest.topics().stream()
          .filter(topic -> topic.records() > 0)
          .forEach(topic -> console.out().println(topic.name() + ": " + topic.records()));
      console.out().println("wrote " + file + ", " + Files.size(file) + " bytes");
      return ExitCode.OK.code();
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(ExitCode.USAGE, file + " is there already; name a new file", e);
    } catch (BackupException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    } catch (KafkaException e) {
      throw new CommandFailure(ExitCode.UNREACHABLE, "no backup was taken: " + e.getMessage(), e);
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": cannot be written: " + e, e);
    } finally {
      if (made && !done) {
        file.toFile().delete();
      }
    }
  }
}
