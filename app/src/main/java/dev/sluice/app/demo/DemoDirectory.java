package dev.sluice.app.demo;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.app.service.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the demo keeps its data: a directory of its own that goes with it, or one that is kept. A
 * service, so that it goes last, also when a signal ends the process.
 *
 * @param root the directory
 * @param temporary whether to delete it on close
 */
record DemoDirectory(Path root, boolean temporary) implements Service {

  static DemoDirectory of(Path keep) {
    try {
      if (keep == null) {
        return new DemoDirectory(Files.createTempDirectory("sluice-demo-"), true);
      }
      Path directory = Files.createDirectories(keep.toAbsolutePath().normalize());
      try (Stream<Path> entries = Files.list(directory)) {
        if (entries.findAny().isPresent()) {
          throw new CommandFailure(
              ExitCode.USAGE,
              directory
                  + ": is not empty; the demo keeps its data in a directory of its own."
                  + " sluice up --data-dir goes on with what a demo has kept");
        }
      }
      return new DemoDirectory(directory, false);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "no directory for the demo's data: " + e.getMessage(), e);
    }
  }

  @Override
  public String name() {
    return "directory";
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public Optional<String> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {
    if (!temporary) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      tree.sorted(Comparator.reverseOrder()).forEach(DemoDirectory::delete);
    } catch (IOException | UncheckedIOException e) {
      // It lies where the system cleans up.
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
