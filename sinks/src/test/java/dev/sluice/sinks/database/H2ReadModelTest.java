package dev.sluice.sinks.database;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded database, in a file as {@code sluice up} has it. */
final class H2ReadModelTest extends ReadModelContract {
  @TempDir static Path directory;

  @Override
  String url() {
    return "jdbc:h2:file:" + directory.resolve("sluice");
  }
}
