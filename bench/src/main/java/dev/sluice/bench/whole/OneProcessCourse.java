package dev.sluice.bench.whole;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.service.RunningMachine;
import dev.sluice.bench.dispatch.Receiver;
import dev.sluice.bench.figure.Figures;
import dev.sluice.bench.invented.Advisories;
import dev.sluice.bench.invented.TrivyFile;
import dev.sluice.bench.invented.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * {@code sluice up} in a process of its own, with a webhook sink that posts to this process: its
 * memory when nothing happens, the time that a report takes, and what a scan among many waits for
 * its first requests.
 */
final class OneProcessCourse implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Path folder;
  private final Receiver receiver;
  private final SluiceProcess up;
  private final RunningMachine running;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Long> posted = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
  private int assets;

  /** A request of the sink. */
  private record Arrival(String asset, long nanos) {}

  OneProcessCourse(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.receiver = new Receiver(8, this::arrived);
    Path data = folder.resolve("data");
    this.up =
        SluiceProcess.start(
            folder,
            "up",
            "--port=0",
            "--data-dir=" + data,
            "--set=management.port=0",
            "--set=gateway.max-requests-per-minute=100000",
            "--set=sinks.bench.type=webhook",
            "--set=sinks.bench.webhook.http.allow-loopback=true",
            "--set=sinks.bench.webhook.url=" + receiver.uri());
    up.await("sluice: up");
    this.running = RunningMachine.at(data).orElseThrow();
  }

  private void arrived(Receiver.Request request) {
    try {
      String asset = JSON.readTree(request.body()).findValue("asset").asText();
      arrivals.add(new Arrival(asset, request.nanos()));
    } catch (IOException e) {
      throw new UncheckedIOException("a sink's request is not JSON", e);
    }
  }

  /** Resident memory after nothing has happened for a time. */
  double idleMebibytes(Duration quiet) throws InterruptedException {
    Thread.sleep(quiet.toMillis());
    return up.residentMebibytes();
  }

  /**
   * Posts reports of new assets, one after another, each until all is decided.
   *
   * @return seconds of each, without those that warm up
   */
  List<Double> decide(int observations, int warmUps, int rounds)
      throws IOException, InterruptedException {
    Path report = folder.resolve("report.json");
    new TrivyFile(new Advisories(observations)).write(report, Until.entries(observations));
    Figures seconds = new Figures();
    try (Outcome outcome = new Outcome(running.bootstrapServers(), running.registryUrl())) {
      for (int i = -warmUps; i < rounds; i++) {
        String asset = "registry.example/large-" + assets++;
        long start = System.nanoTime();
        post(asset, report);
        double took = (outcome.await(asset, observations) - start) / 1e9;
        seconds.add(i < 0 ? "warm-up" : "measured", took);
      }
    }
    return seconds.of("measured");
  }

  /**
   * Posts small scans of new assets at a steady rate. The clock of each request of the sink starts
   * before its scan is posted, so it counts more than the time from the scan's completion.
   *
   * @param warmUps seconds at the same rate that are not counted
   * @return milliseconds from post to request
   */
  Histogram small(int perSecond, int observations, int warmUps, int seconds)
      throws IOException, InterruptedException {
    Path report = folder.resolve("small.json");
    new TrivyFile(new Advisories(600), observations).write(report, Until.entries(observations));
    burst(report, perSecond, perSecond * warmUps);
    burst(report, perSecond, perSecond * seconds);
    Histogram millis = new Histogram(600_000, 3);
    for (Arrival each : arrivals) {
      Long sent = posted.get(each.asset());
      if (sent != null) {
        millis.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMillis(each.nanos() - sent)));
      }
    }
    return millis;
  }

  private void burst(Path report, int perSecond, int scans)
      throws IOException, InterruptedException {
    posted.clear();
    arrivals.clear();
    long begun = System.nanoTime();
    for (int i = 0; i < scans; i++) {
      long due = begun + TimeUnit.SECONDS.toNanos(i) / perSecond;
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      String asset = "registry.example/small-" + assets++;
      // The clock starts when the scan was due: a gateway that is late does not hide it.
      posted.put(asset, Math.min(due, System.nanoTime()));
      post(asset, report);
    }
    awaitRequests(scans);
  }

  /** Until every scan had a request, and none came for a while. */
  private void awaitRequests(int scans) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int before = -1;
    while (arrivals.size() != before
        || arrivals.stream().map(Arrival::asset).distinct().count() < scans) {
      before = arrivals.size();
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("the sink did not send for each of " + scans + " scans");
      }
      Thread.sleep(500);
    }
  }

  private void post(String asset, Path report) throws IOException, InterruptedException {
    URI uri = URI.create(running.gatewayUrl() + "/v1/scans?version=5.2.1&asset=" + asset);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofFile(report))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new IllegalStateException(
          "the gateway answered " + answer.statusCode() + ": " + answer.body());
    }
  }

  @Override
  public void close() throws IOException {
    up.close();
    receiver.close();
    Files.deleteIfExists(folder.resolve("report.json"));
  }
}
