package dev.sluice.app.service;

import dev.sluice.app.settings.SluiceSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the one-process mode that runs on a data directory can be reached. It takes free ports, so
 * it leaves a note there; whoever may read the directory is its operator.
 *
 * @param process id of the process that wrote the note
 */
public record RunningMachine(
    String bootstrapServers,
    String prefix,
    int partitions,
    String registryUrl,
    String gatewayUrl,
    long process) {
  private static final String NOTE = "running.properties";

  /** This process. */
  public static RunningMachine of(OneProcess all) {
    SluiceSettings settings = all.settings();
    return new RunningMachine(
        settings.kafka().bootstrapServers(),
        settings.kafka().prefix(),
        settings.kafka().partitions(),
        settings.registry().url(),
        all.gateway().uri().toString(),
        ProcessHandle.current().pid());
  }

  /** Leaves the note; it is taken away when the process ends. */
  public void leaveAt(DataDirectory data) {
    Properties note = new Properties();
    note.setProperty("kafka.bootstrap-servers", bootstrapServers);
    note.setProperty("kafka.prefix", prefix);
    note.setProperty("kafka.partitions", Integer.toString(partitions));
    note.setProperty("registry.url", registryUrl);
    note.setProperty("client.server", gatewayUrl);
    note.setProperty("process", Long.toString(process));
    Path file = data.root().resolve(NOTE);
    try {
      Path made = Files.createTempFile(data.root(), NOTE, null);
      try (var out = Files.newBufferedWriter(made, StandardCharsets.UTF_8)) {
        note.store(out, null);
      }
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      file.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(file + " cannot be written", e);
    }
  }

  /** The one that runs on a directory; empty if none does, or its note may not be read. */
  public static Optional<RunningMachine> at(Path dataDirectory) {
    Properties note = new Properties();
    try (var in = Files.newBufferedReader(dataDirectory.resolve(NOTE), StandardCharsets.UTF_8)) {
      note.load(in);
      RunningMachine machine =
          new RunningMachine(
              note.getProperty("kafka.bootstrap-servers"),
              note.getProperty("kafka.prefix", ""),
              Integer.parseInt(note.getProperty("kafka.partitions", "")),
              note.getProperty("registry.url"),
              note.getProperty("client.server"),
              Long.parseLong(note.getProperty("process", "0")));
      return Optional.of(machine).filter(m -> ProcessHandle.of(m.process).isPresent());
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
