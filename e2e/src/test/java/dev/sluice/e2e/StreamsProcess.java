package dev.sluice.e2e;

import dev.sluice.app.service.StreamsService;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.topics.Topics.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The topology in a process of its own, which can be killed. */
final class StreamsProcess implements AutoCloseable {
  private final Process process;

  private StreamsProcess(Process process) {
    this.process = process;
  }

  /** Runs until its input ends. */
  public static void main(String[] args) throws IOException {
    SluiceSettings settings =
        Installation.of(args[0], args[1], args[2], Path.of(args[3])).settings();
    StreamsService streams =
        StreamsService.start(
            settings,
            dev.sluice.serde.AvroSerdes.of(settings.registry()),
            Realm.COMMON,
            new SimpleMeterRegistry());
    while (System.in.read() >= 0) {
      // Nothing is ever written: this waits for the end.
    }
    streams.close();
  }

  static StreamsProcess start(Installation installation, Path directory) throws IOException {
    SluiceSettings settings = installation.settings();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new StreamsProcess(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath,
                    StreamsProcess.class.getName(),
                    settings.kafka().bootstrapServers(),
                    settings.registry().url(),
                    settings.kafka().prefix(),
                    directory.toString()))
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9}: nothing is flushed, committed or left. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the process did not end");
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
