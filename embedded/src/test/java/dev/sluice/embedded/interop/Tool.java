package dev.sluice.embedded.interop;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that are not ours and may not be installed. */
final class Tool {

  /** What a program wrote. */
  record Output(int status, byte[] out, String err) {}

  private Tool() {}

  /** Skips the test, or fails it where everything is said to be installed. */
  static void require(boolean there, String remedy) {
    if (there) {
      return;
    }
    if (Boolean.parseBoolean(System.getenv("SLUICE_REQUIRE_ALL"))) {
      fail(remedy);
    }
    abort("Skipped: " + remedy);
  }

  static boolean isInstalled(String... command) {
    try {
      return run(Path.of("."), List.of(command)).status() == 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Runs a program to its end, at most five minutes. */
  static Output run(Path directory, List<String> command) {
    return run(directory, command, new byte[0]);
  }

  static Output run(Path directory, List<String> command, byte[] input) {
    try {
      Path in = Files.createTempFile("tool", ".in");
      Path out = Files.createTempFile("tool", ".out");
      Path err = Files.createTempFile("tool", ".err");
      try {
        Files.write(in, input);
        Process process =
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          fail("did not end: " + command);
        }
        return new Output(process.exitValue(), Files.readAllBytes(out), Files.readString(err));
      } finally {
        for (Path each : List.of(in, out, err)) {
          Files.delete(each);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
