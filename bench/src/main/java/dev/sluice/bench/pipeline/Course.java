package dev.sluice.bench;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The course that both run: one broker, one topic of events, the same properties. Only one runs at
 * a time, from a backlog that is all there before it starts, until a reader of committed records
 * sees its last result.
 */
final class Course implements AutoCloseable {
  private static final String PASSED = "bench.passed";

  /** One contestant over one backlog. */
  record Run(long records, double seconds, double cpuSeconds, long changelogBytes) {
    double rate() {
      return records / seconds;
    }

    double cpuMicros() {
      return cpuSeconds * 1e6 / records;
    }
  }

  /** One round. */
  record Round(Run passed, Run firstSight, Run steadyState) {}

  private final Load load;
  private final Consumer<String> progress;
  private final Map<String, String> properties;
  private final OneMachine machine = OneMachine.temporary();
  private final Path state;
  private final Admin admin;
  private final Reports reports;
  private final Backlog backlog;
  private final Watch verdicts;
  private final Watch passed;
  private final Deserializer<ScanVerdict> verdictValues;
  private final PassThrough passThrough;
  private final Pipeline pipeline;
  private int nextAsset;
  private long findings;

  Course(Load load, Map<String, String> properties, Consumer<String> progress)
      throws IOException, InterruptedException {
    this.load = load;
    this.progress = progress;
    this.properties = properties;
    state = Files.createTempDirectory("sluice-bench");
    KafkaSettings kafka =
        new KafkaSettings(machine.bootstrapServers(), "", load.partitions(), 1, Map.of());
    admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, machine.bootstrapServers()));
    create(new NewTopic(PASSED, load.partitions(), (short) 1));
    makeTopics(new TopicAdmin(admin, kafka, Duration.ofSeconds(30)));
    AvroSerdes serdes =
        AvroSerdes.of(new RegistrySettings(machine.registryUrl().toString(), Map.of()));
    // A second ago, because the future is refused and each rescan is a second later.
    Instant start = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    reports = new Reports(load.observations(), start);
    String observed = Topics.name("", Realm.COMMON, Topics.OBSERVED);
    backlog =
        new Backlog(
            machine.bootstrapServers(),
            observed,
            load.partitions(),
            serdes.forTopic(Topics.OBSERVED).serializer());
    String scans = Topics.name("", Realm.COMMON, Topics.SCANS);
    verdicts = new Watch(machine.bootstrapServers(), scans, load.partitions());
    verdictValues = serdes.forTopic(Topics.SCANS).deserializer();
    passed = new Watch(machine.bootstrapServers(), PASSED, load.partitions());
    pipeline = Pipeline.start(kafka, settings("pipeline"), serdes);
    passThrough = PassThrough.start(kafka, settings("pass-through"), serdes, PASSED);
  }

  /** The defaults of the service, but for the folder and the threads. */
  private StreamsSettings settings(String name) {
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

  private void create(NewTopic topic) throws InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("topic " + topic.name() + " cannot be created", e);
    }
  }

  List<Round> run() throws InterruptedException {
    List<Round> rounds = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = -load.warmUps(); i < load.rounds(); i++) {
      long begun = System.nanoTime();
      Round round = round(i);
      progress.accept(
          String.format(
              "%s: first sight %,.0f/s, steady state %,.0f/s, pass-through %,.0f/s",
              i < 0 ? "warm-up" : "round " + (i + 1) + " of " + load.rounds(),
              round.firstSight().rate(),
              round.steadyState().rate(),
              round.passed().rate()));
      if (i >= 0) {
        rounds.add(round);
      }
      long now = System.nanoTime();
      boolean late = now + (now - begun) - start > load.budget().toNanos();
      if (late && i < -1) {
        i = -2; // skip the other warm-ups
      } else if (late && i >= 0 && i + 1 < load.rounds()) {
        progress.accept("this machine is slow or busy: no time for more rounds");
        return rounds;
      }
    }
    return rounds;
  }

  /** The pass-through takes the round's events in one go, now before the rescans, now after. */
  private Round round(int number) throws InterruptedException {
    int first = nextAsset;
    nextAsset += load.assets();
    for (int asset = first; asset < nextAsset; asset++) {
      reports.scan(asset, 0, backlog::add);
    }
    long[] news = backlog.end("news-" + number);
    Run firstSight = measure(load.assets(), load.news(), Completeness.COMPLETE);
    findings += load.news();
    for (int scan = 1; scan <= load.rescans(); scan++) {
      for (int asset = first; asset < nextAsset; asset++) {
        reports.scan(asset, scan, backlog::add);
      }
    }
    String name = "repeats-" + number;
    long[] counts = backlog.end(name);
    for (int i = 0; i < counts.length; i++) {
      counts[i] += news[i];
    }
    boolean before = number % 2 == 0;
    Run pass = before ? pass(name, counts) : null;
    Run steady = measure(load.assets() * load.rescans(), load.repeats(), Completeness.COMPLETE);
    return new Round(before ? pass : pass(name, counts), firstSight, steady);
  }

  private Run pass(String name, long[] counts) throws InterruptedException {
    passed.begin();
    Stopwatch watch = new Stopwatch();
    passThrough.resume();
    passed.last(name, counts);
    Run run = watch.stop(load.news() + load.repeats());
    passThrough.pause();
    return run;
  }

  private Run measure(int scans, long observations, Completeness expected)
      throws InterruptedException {
    verdicts.begin();
    Stopwatch watch = new Stopwatch();
    pipeline.resume();
    List<ScanVerdict> all = verdicts.verdicts(scans, verdictValues);
    Run run = watch.stop(observations);
    pipeline.pause();
    for (ScanVerdict verdict : all) {
      if (verdict.getCompleteness() != expected
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

  /** Closes the contestants' side and says how many bytes of state there are for each finding. */
  double stateBytesPerFinding() {
    pipeline.close();
    return (double) Disk.ofFolder(state.resolve("pipeline")) / findings;
  }

  /** Mean bytes of an event's value, before compression. */
  double eventBytes() {
    return (double) backlog.bytes()
        / ((long) nextAsset * (1 + load.rescans()) * load.observations());
  }

  @Override
  public void close() {
    passThrough.close();
    pipeline.close();
    backlog.close();
    verdicts.close();
    passed.close();
    admin.close();
    machine.close();
    try {
      Disk.delete(state);
    } catch (IOException e) {
      progress.accept("cannot delete " + state + ": " + e.getMessage());
    }
  }

  /** Measures from its making. */
  private final class Stopwatch {
    private final long changelogs = changelogBytes();
    private final double cpu = cpuSeconds();
    private final long start = System.nanoTime();

    Run stop(long records) throws InterruptedException {
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Run(records, seconds, cpuSeconds() - cpu, changelogBytes() - changelogs);
    }

    Stopwatch() throws InterruptedException {}

    private long changelogBytes() throws InterruptedException {
      return Disk.ofTopics(
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
