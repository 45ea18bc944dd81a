package dev.sluice.bench.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A {@code sluice} command in a process of its own, started as a user starts it: by the launcher
 * where there is one, else with this process's class path. What it says goes to a file.
 */
final class SluiceProcess implements AutoCloseable {
  private final Process process;
  private final long startNanos;
  private final Path said;

  private final Thread hook;

  private SluiceProcess(Process process, long startNanos, Path said) {
    this.process = process;
    this.startNanos = startNanos;
    this.said = said;
    // Who ends the benchmark early ends this too.
    this.hook = new Thread(process::destroy, "end-" + process.pid());
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a command.
   *
   * @param folder where it keeps what it says
   */
  static SluiceProcess start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(launcher());
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile(folder, "sluice-", ".log");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    return new SluiceProcess(process, start, said);
  }

  private static List<String> launcher() {
    String home = System.getProperty("sluice.home");
    if (home != null) {
      return List.of(Path.of(home, "sluice").toString());
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx384m",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.sluice.app.Main");
  }

  /**
   * Waits until it says something.
   *
   * @return seconds from its start
   * @throws IllegalStateException if it ends before, or does not say so within two minutes
   */
  double await(String words) throws IOException, InterruptedException {
    while (true) {
      boolean alive = process.isAlive();
      String all = Files.readString(said);
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      if (all.contains(words)) {
        return seconds;
      }
      if (!alive || seconds > 120) {
        throw new IllegalStateException(
            "a sluice process did not say \"" + words + "\" but: " + end(all));
      }
      Thread.sleep(5);
    }
  }

  private static String end(String text) {
    return text.substring(Math.max(0, text.length() - 1_000)).strip();
  }

  /** Resident memory in MiB, as Linux counts it; -1 where it cannot be known. */
  double residentMebibytes() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }

  /** Ends it as Ctrl-C does, and waits. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
