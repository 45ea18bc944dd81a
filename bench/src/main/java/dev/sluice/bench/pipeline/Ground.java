package dev.sluice.bench.pipeline;

import dev.sluice.bench.figure.Folders;
import dev.sluice.bench.invented.Reports;
import dev.sluice.embedded.OneMachine;
import dev.sluice.events.Completeness;
import dev.sluice.events.ScanVerdict;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.settings.RegistrySettings;
import dev.sluice.streams.StreamsSettings;
import dev.sluice.topics.TopicAdmin;
import dev.sluice.topics.TopicMismatchException;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.Deserializer;

/** What every measurement of the pipeline stands on: a broker, the events, and the pipeline. */
final class Ground implements AutoCloseable {
  final Load load;
  final OneMachine machine = OneMachine.temporary();
  final Path state;
  final KafkaSettings kafka;
  final AvroSerdes serdes;
  final String observed = Topics.name("", Realm.COMMON, Topics.OBSERVED);
  final Reports reports;
  final Backlog backlog;
  private final Consumer<String> progress;
  private final Map<String, String> properties;
  private final Admin admin;
  private final Watch verdicts;
  private final Deserializer<ScanVerdict> verdictValues;
  private Pipeline pipeline;

  Ground(Load load, Map<String, String> properties, Consumer<String> progress)
      throws IOException, InterruptedException {
    this.load = load;
    this.properties = properties;
    this.progress = progress;
    state = Files.createTempDirectory("sluice-bench");
    kafka = new KafkaSettings(machine.bootstrapServers(), "", load.partitions(), 1, Map.of());
    admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, machine.bootstrapServers()));
    makeTopics(new TopicAdmin(admin, kafka, Duration.ofSeconds(30)));
    serdes = AvroSerdes.of(new RegistrySettings(machine.registryUrl().toString(), Map.of()));
    // A day ago, because the future is refused and each rescan is a second later.
    Instant start = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    reports = new Reports(load.observations(), start);
    backlog =
        new Backlog(
            machine.bootstrapServers(),
            observed,
            load.partitions(),
            serdes.forTopic(Topics.OBSERVED).serializer());
    String scans = Topics.name("", Realm.COMMON, Topics.SCANS);
    verdicts = new Watch(machine.bootstrapServers(), scans, load.partitions());
    verdictValues = serdes.forTopic(Topics.SCANS).deserializer();
    startPipeline();
  }

  /** The defaults of the service, but for the folder and the threads. */
  StreamsSettings settings(String name) {
    return new StreamsSettings(
        1,
        false,
        load.threads(),
        state.resolve(name),
        0,
        Duration.ofMillis(200),
        Duration.ofMillis(50),
        Duration.ofHours(1),
        16L << 20,
        64L << 20,
        false,
        properties);
  }

  /** What has been created is not known at once to whoever asks. */
  private static void makeTopics(TopicAdmin topics) throws InterruptedException {
    topics.ensure(Realm.COMMON);
    for (int attempt = 0; ; attempt++) {
      try {
        topics.verify(Realm.COMMON);
        return;
      } catch (TopicMismatchException e) {
        if (attempt == 100) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  /** Makes a topic of its own for a contestant. */
  String create(String topic) throws InterruptedException {
    try {
      admin.createTopics(List.of(new NewTopic(topic, load.partitions(), (short) 1))).all().get();
      return topic;
    } catch (ExecutionException e) {
      throw new IllegalStateException("topic " + topic + " cannot be created", e);
    }
  }

  /** Starts the pipeline, which then stands still. */
  private void startPipeline() throws InterruptedException {
    pipeline = Pipeline.start(kafka, settings("pipeline"), serdes);
  }

  /**
   * Takes the pipeline's local state away and starts it again.
   *
   * @return seconds until it has restored all of it from its changelogs and runs.
   */
  double restore() throws IOException, InterruptedException {
    pipeline.close();
    Folders.delete(state.resolve("pipeline"));
    long start = System.nanoTime();
    startPipeline();
    return (System.nanoTime() - start) / 1e9;
  }

  /** Stops the pipeline and says how many bytes its local state takes. */
  long stateBytes() {
    pipeline.close();
    return Folders.size(state.resolve("pipeline"));
  }

  /**
   * Lets the pipeline work off the backlog.
   *
   * @param scans that it holds; all must be judged complete
   */
  Run judge(int scans) throws InterruptedException {
    verdicts.begin();
    Stopwatch watch = new Stopwatch();
    pipeline.resume();
    List<ScanVerdict> all = verdicts.verdicts(scans, verdictValues);
    Run run = watch.stop((long) scans * load.observations());
    pipeline.pause();
    for (ScanVerdict verdict : all) {
      if (verdict.getCompleteness() != Completeness.COMPLETE
          || verdict.getObservations() != load.observations()) {
        throw new IllegalStateException(
            "a scan was judged "
                + verdict.getCompleteness()
                + " with "
                + verdict.getObservations()
                + " observations: this run measures something else than it says");
      }
    }
    return run;
  }

  /** Bytes of a topic on the broker's disk. */
  long topicBytes(String topic) throws InterruptedException {
    return TopicSizes.of(admin, topic::equals);
  }

  Stopwatch stopwatch() throws InterruptedException {
    return new Stopwatch();
  }

  void tell(String line) {
    progress.accept(line);
  }

  @Override
  public void close() {
    pipeline.close();
    backlog.close();
    verdicts.close();
    admin.close();
    machine.close();
    try {
      Folders.delete(state);
    } catch (IOException e) {
      progress.accept("cannot delete " + state + ": " + e.getMessage());
    }
  }

  /** Measures from its making. */
  final class Stopwatch {
    private final long changelogs = changelogBytes();
    private final double cpu = cpuSeconds();
    private final long start = System.nanoTime();

    private Stopwatch() throws InterruptedException {}

    Run stop(long records) throws InterruptedException {
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Run(records, seconds, cpuSeconds() - cpu, changelogBytes() - changelogs);
    }

    private long changelogBytes() throws InterruptedException {
      return TopicSizes.of(
          admin, topic -> topic.startsWith("sluice-streams") && topic.endsWith("-changelog"));
    }

    /** Processor time of this process: contestant, broker and reader together. */
    private double cpuSeconds() {
      return ((com.sun.management.OperatingSystemMXBean)
                  ManagementFactory.getOperatingSystemMXBean())
              .getProcessCpuTime()
          / 1e9;
    }
  }
}
