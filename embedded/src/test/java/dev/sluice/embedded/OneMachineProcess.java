package dev.sluice.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker and a registry in a process of their own, which can be killed. */
final class OneMachineProcess implements AutoCloseable {
  private final Process process;
  private final String bootstrapServers;
  private final String registryUrl;

  private OneMachineProcess(Process process, String bootstrapServers, String registryUrl) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
    this.registryUrl = registryUrl;
  }

  /** Runs until its input ends. */
  public static void main(String[] directory) throws IOException {
    try (OneMachine machine = OneMachine.persistent(Path.of(directory[0]))) {
      System.out.println(machine.bootstrapServers() + " " + machine.registryUrl());
      while (System.in.read() >= 0) {
        // Nothing is ever written: this waits for the end.
      }
    }
  }

  static OneMachineProcess start(Path directory) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath,
                    OneMachineProcess.class.getName(),
                    directory.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = reader.readLine();
    if (line == null) {
      throw new IllegalStateException("the process ended before it was up");
    }
    String[] parts = line.split(" ");
    return new OneMachineProcess(process, parts[0], parts[1]);
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  String registryUrl() {
    return registryUrl;
  }

  long pid() {
    return process.pid();
  }

  /** As {@code kill -9}: nothing is flushed, closed or unlocked. */
  void kill() {
    await(process.destroyForcibly());
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    await(process);
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the process did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
