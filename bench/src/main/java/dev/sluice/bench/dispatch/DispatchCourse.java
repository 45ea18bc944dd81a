package dev.sluice.bench.dispatch;

import dev.sluice.app.service.TopicSetup;
import dev.sluice.app.settings.SettingsException;
import dev.sluice.app.settings.SettingsLoader;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.bench.figure.Figures;
import dev.sluice.bench.figure.Ratio;
import dev.sluice.bench.figure.Results;
import dev.sluice.embedded.OneMachine;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.runner.SinkRunners;
import dev.sluice.topics.Topics.Realm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A webhook sink that works off a backlog of events against Java's HTTP client that posts the same
 * bodies to the same receiver, with as many requests at once. What the sink does besides is to read
 * the topic, keep the order of each item, sign nothing, and commit. The clock runs from the first
 * request to the last.
 */
public final class DispatchCourse {
  public static final String NAME = "dispatch";

  private static final double GOAL = 0.5;
  private static final int CONCURRENCY = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final int events;
  private final Figures figures = new Figures();

  /**
   * @param events posted by each in a round
   */
  public DispatchCourse(int events) {
    this.events = events;
  }

  /** One warm-up and so many rounds that count, each with a sink of its own name. */
  public void run(int rounds, Results results) throws IOException, InterruptedException {
    ConcurrentLinkedQueue<Receiver.Request> taken = new ConcurrentLinkedQueue<>();
    try (OneMachine machine = OneMachine.temporary();
        Receiver receiver = new Receiver(CONCURRENCY, taken::add)) {
      SluiceSettings settings = settings(machine, receiver.uri(), 0);
      AvroSerdes serdes = AvroSerdes.of(settings.registry());
      TopicSetup.create(settings.kafka(), List.of(Realm.COMMON));
      new ActionEvents(settings.kafka(), serdes).write(events);
      for (int round = -1; round < rounds; round++) {
        double sink = sink(settings(machine, receiver.uri(), round + 1), serdes, taken);
        List<byte[]> bodies = new ArrayList<>();
        taken.forEach(request -> bodies.add(request.body()));
        double bare = bare(receiver.uri(), bodies, taken);
        if (round >= 0) {
          figures.add(NAME, sink / bare);
          figures.add("dispatch-per-second", sink);
          figures.add("http-client-per-second", bare);
        }
      }
    }
    results.ratios().put(NAME, Ratio.of(figures.of(NAME), GOAL));
    for (String each : List.of("dispatch-per-second", "http-client-per-second")) {
      results.absolutes().put(each, Ratio.median(figures.of(each)));
    }
  }

  /** The defaults of the service, but for where it posts to. A new name reads from the start. */
  private static SluiceSettings settings(OneMachine machine, URI receiver, int number) {
    String sink = "sinks.bench-" + number + ".";
    try {
      return new SettingsLoader(Map.of(), Path.of(System.getProperty("java.io.tmpdir")))
          .preset("kafka.bootstrap-servers", machine.bootstrapServers())
          .preset("kafka.partitions", "4")
          .preset("kafka.replication", "1")
          .preset("registry.url", machine.registryUrl().toString())
          .preset(sink + "type", "webhook")
          .preset(sink + "concurrency", Integer.toString(CONCURRENCY))
          .preset(sink + "webhook.url", receiver.toString())
          .preset(sink + "webhook.http.allow-loopback", "true")
          .load();
    } catch (SettingsException e) {
      throw new IllegalStateException("the settings of the benchmark do not hold", e);
    }
  }

  private double sink(
      SluiceSettings settings, AvroSerdes serdes, ConcurrentLinkedQueue<Receiver.Request> taken)
      throws InterruptedException {
    taken.clear();
    SinkEnvironment environment =
        new SinkEnvironment(
            "bench",
            Clock.systemUTC(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            false);
    try (SinkRunners sinks =
        SinkRunners.start(
            settings.sinks(), settings.kafka(), serdes, environment, new SimpleMeterRegistry())) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (taken.size() < events) {
        if (System.nanoTime() - end > 0) {
          throw new IllegalStateException(
              "the sink sent %d of %d events".formatted(taken.size(), events));
        }
        Thread.sleep(5);
      }
      return rate(taken);
    }
  }

  private static double bare(
      URI uri, List<byte[]> bodies, ConcurrentLinkedQueue<Receiver.Request> taken)
      throws InterruptedException {
    taken.clear();
    HttpClient client = HttpClient.newHttpClient();
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(CONCURRENCY);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < CONCURRENCY; i++) {
        workers.add(pool.submit(() -> postAll(client, uri, bodies, next)));
      }
      for (Future<?> each : workers) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the bare client could not post", e.getCause());
    } finally {
      pool.shutdown();
    }
    return rate(taken);
  }

  private static Void postAll(HttpClient client, URI uri, List<byte[]> bodies, AtomicInteger next)
      throws IOException, InterruptedException {
    for (int i = next.getAndIncrement(); i < bodies.size(); i = next.getAndIncrement()) {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/cloudevents+json; charset=UTF-8")
              .POST(HttpRequest.BodyPublishers.ofByteArray(bodies.get(i)))
              .build();
      client.send(request, HttpResponse.BodyHandlers.discarding());
    }
    return null;
  }

  /** Requests a second from the first to the last. */
  private static double rate(ConcurrentLinkedQueue<Receiver.Request> taken) {
    long first = taken.stream().mapToLong(Receiver.Request::nanos).min().orElseThrow();
    long last = taken.stream().mapToLong(Receiver.Request::nanos).max().orElseThrow();
    return (taken.size() - 1) * (double) TimeUnit.SECONDS.toNanos(1) / (last - first);
  }
}
