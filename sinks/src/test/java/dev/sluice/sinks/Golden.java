package dev.sluice.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares with a file under src/test/resources/golden. With {@code -Dsluice.golden=write} the file
 * is written anew: read the difference before committing it.
 */
public final class Golden {
  private Golden() {}

  public static void check(String name, String actual) throws IOException {
    Path file =
        Path.of(System.getProperty("sluice.root", ".."))
            .resolve("sinks/src/test/resources/golden")
            .resolve(name);
    if ("write".equals(System.getProperty("sluice.golden"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }
}
