package dev.sluice.bench.pipeline;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Flink's mini-cluster in a process of its own: it brings another RocksDB under the same names, and
 * another Kafka client.
 */
final class FlinkProcess implements AutoCloseable {
  private final Process process;
  private final PrintWriter questions;
  private final BufferedReader answers;
  private final Path log;
  private final Thread hook;

  private FlinkProcess(Process process, Path log) {
    this.process = process;
    this.questions = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.log = log;
    this.hook = new Thread(process::destroyForcibly, "end-" + process.pid());
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Builds the job, which is not part of the usual build.
   *
   * @throws IllegalStateException if this is no source tree, or the build fails
   */
  static void build() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mvn", "-q", "-B"));
    String arguments = System.getenv().getOrDefault("MAVEN_ARGS", "").strip();
    if (!arguments.isEmpty()) {
      command.addAll(List.of(arguments.split("\\s+")));
    }
    command.addAll(List.of("-Pflink", "-pl", "bench/flink", "-am", "-DskipTests", "package"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home().toFile()).inheritIO();
    builder.environment().put("MAVEN_ARGS", "");
    if (builder.start().waitFor() != 0) {
      throw new IllegalStateException(
          "the job for Flink could not be built with: " + String.join(" ", command));
    }
  }

  private static Path home() {
    String home = System.getProperty("sluice.home");
    if (home == null) {
      throw new IllegalStateException("where is the source tree? Start it with ./sluice bench");
    }
    return Path.of(home);
  }

  /**
   * Starts the mini-cluster's JVM.
   *
   * @param folder for checkpoints and for what it logs
   */
  static FlinkProcess start(
      String bootstrapServers,
      String registryUrl,
      String input,
      String output,
      Path folder,
      int parallelism)
      throws IOException {
    Path target = home().resolve(Path.of("bench", "flink", "target"));
    Files.createDirectories(folder);
    Path log = folder.resolve("flink.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                target + "/classes" + File.pathSeparator + target + "/lib/*",
                "dev.sluice.bench.flink.FlinkJob",
                bootstrapServers,
                registryUrl,
                input,
                output,
                folder.toString(),
                Integer.toString(parallelism))
            .redirectError(log.toFile())
            .start();
    return new FlinkProcess(process, log);
  }

  /**
   * Has it read from offsets up to offsets, by partition.
   *
   * @return seconds from the first event it read until its results were committed
   */
  double seconds(List<Long> from, List<Long> to) throws IOException {
    StringBuilder question = new StringBuilder();
    for (int i = 0; i < from.size(); i++) {
      question.append(i == 0 ? "" : " ").append(from.get(i)).append('-').append(to.get(i));
    }
    questions.println(question);
    String line = answers.readLine();
    while (line != null && !line.startsWith("seconds ")) {
      line = answers.readLine();
    }
    if (line == null) {
      String said = Files.readString(log);
      throw new IllegalStateException(
          "Flink gave up: " + said.substring(Math.max(0, said.length() - 2_000)).strip());
    }
    return Double.parseDouble(line.substring("seconds ".length()));
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    questions.close();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
