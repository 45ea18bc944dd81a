package dev.sluice.sinks.runner;

import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One instance of the sinks in a process of its own, so that a test can kill it hard. */
final class SinkProcess {
  private SinkProcess() {}

  /**
   * @param args bootstrap servers, registry URL, prefix, kind (webhook, tickets or jsonlines), and
   *     the receiver's URL or the file; or any name, the type of a sink, and its settings
   */
  public static void main(String[] args) throws Exception {
    KafkaSettings kafka = kafka(args[0], args[2]);
    AvroSerdes serdes = AvroSerdes.of(new RegistrySettings(args[1], Map.of()));
    SinkEnvironment environment =
        new SinkEnvironment(args[3], Clock.systemUTC(), System.out, false);
    if (args[3].equals("tickets")) {
      SinkDescriptor descriptor =
          new SinkDescriptor(
              "probe", "Probe", SinkSettings.class, Wants.CURRENT_STATE, false, true, "");
      SinkRunners.runner(
              "tickets",
              settings("probe", Map.of()),
              new TicketProbe(args[4]),
              descriptor,
              kafka,
              serdes,
              new SinkKafka(kafka, "tickets").producer(),
              new SimpleMeterRegistry())
          .start();
    } else {
      Map<String, String> own = new HashMap<>();
      for (int i = 5; i < args.length; i++) {
        own.put(args[i].split("=", 2)[0], args[i].split("=", 2)[1]);
      }
      if (!own.isEmpty()) {
        SinkRunners.start(
            Map.of(args[3], settings(args[4], own)),
            kafka,
            serdes,
            environment,
            new SimpleMeterRegistry());
        Thread.currentThread().join();
      }
      own =
          args[3].equals("webhook")
              ? Map.of(
                  "webhook.url",
                  args[4],
                  "webhook.http.timeout",
                  "1s",
                  "webhook.http.allow-loopback",
                  "true")
              : Map.of("jsonlines.path", args[4], "jsonlines.rotate-bytes", "2000000");
      SinkRunners.start(
          Map.of(args[3], settings(args[3], own)),
          kafka,
          serdes,
          environment,
          new SimpleMeterRegistry());
    }
    Thread.currentThread().join();
  }

  static KafkaSettings kafka(String bootstrap, String prefix) {
    // Short, so that a killed instance is missed soon.
    Map<String, String> properties =
        Map.of("session.timeout.ms", "3000", "heartbeat.interval.ms", "300");
    return new KafkaSettings(bootstrap, prefix, 4, 1, properties);
  }

  static SinkSettings settings(String type, Map<String, String> own) {
    Map<String, String> all = new HashMap<>(own);
    all.put("concurrency", "16");
    all.put("ticket-budget", "0");
    all.put("retry.first-pause", "0.05s");
    all.put("retry.longest-pause", "1s");
    all.put("retry.breaker-pause", "0.2s");
    all.put("retry.breaker-longest-pause", "1s");
    all.put("retry.breaker-failures", "50");
    return Defaults.sink(type, all);
  }

  /** Starts one and sends what it prints to a file. */
  static Process start(Path log, String... args) throws Exception {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SinkProcess.class.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }
}
