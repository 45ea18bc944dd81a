package dev.sluice.bench.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The course that both run: one broker, one topic of events, the same properties. Only one runs at
 * a time, from a backlog that is all there before it starts, until a reader of committed records
 * sees its last result. Flink may take part: it reads the same events of each round from its own
 * process.
 */
public final class Course implements AutoCloseable {
  private static final String PASSED = "bench.passed";
  private static final String FLINK = "bench.flink";

  /**
   * One round.
   *
   * @param flink Flink's run over all events of the round; null where it does not take part
   */
  record Round(Run passed, Run firstSight, Run steadyState, Run flink) {
    /** Both of the pipeline's runs: all events of the round. */
    Run whole() {
      return firstSight.and(steadyState);
    }
  }

  private final Load load;
  private final Ground ground;
  private final Watch passed;
  private final PassThrough passThrough;
  private FlinkProcess flink;
  private int nextAsset;
  private long findings;

  /**
   * @param properties Kafka Streams properties for both
   */
  public Course(Load load, Map<String, String> properties, Consumer<String> progress)
      throws IOException, InterruptedException {
    this.load = load;
    ground = new Ground(load, properties, progress);
    ground.create(PASSED);
    passed = new Watch(ground.machine.bootstrapServers(), PASSED, load.partitions());
    passThrough =
        PassThrough.start(ground.kafka, ground.settings("pass-through"), ground.serdes, PASSED);
  }

  /** Lets Flink take part, with as many tasks as the others have threads. */
  public Course withFlink() throws IOException, InterruptedException {
    FlinkProcess.build();
    flink =
        FlinkProcess.start(
            ground.machine.bootstrapServers(),
            ground.machine.registryUrl().toString(),
            ground.observed,
            ground.create(FLINK),
            ground.state.resolve("flink"),
            load.threads());
    return this;
  }

  List<Round> run() throws IOException, InterruptedException {
    List<Round> rounds = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = -load.warmUps(); i < load.rounds(); i++) {
      long begun = System.nanoTime();
      Round round = round(i);
      ground.tell(
          String.format(
                  "%s: first sight %,.0f/s, steady state %,.0f/s, pass-through %,.0f/s",
                  i < 0 ? "warm-up" : "round " + (i + 1) + " of " + load.rounds(),
                  round.firstSight().rate(),
                  round.steadyState().rate(),
                  round.passed().rate())
              + (flink == null ? "" : String.format(", Flink %,.0f/s", round.flink().rate())));
      if (i >= 0) {
        rounds.add(round);
      }
      long now = System.nanoTime();
      boolean late = now + (now - begun) - start > load.budget().toNanos();
      if (late && i < -1) {
        i = -2; // skip the other warm-ups
      } else if (late && i >= 0 && i + 1 < load.rounds()) {
        ground.tell("this machine is slow or busy: no time for more rounds");
        return rounds;
      }
    }
    return rounds;
  }

  /** The pass-through takes the round's events in one go, now before the rescans, now after. */
  private Round round(int number) throws IOException, InterruptedException {
    List<Long> begin = ground.backlog.ends();
    int first = nextAsset;
    nextAsset += load.assets();
    for (int asset = first; asset < nextAsset; asset++) {
      ground.reports.scan(asset, 0, ground.backlog::add);
    }
    long[] news = ground.backlog.end("news-" + number);
    Run firstSight = ground.judge(load.assets());
    findings += load.news();
    for (int scan = 1; scan <= load.rescans(); scan++) {
      for (int asset = first; asset < nextAsset; asset++) {
        ground.reports.scan(asset, scan, ground.backlog::add);
      }
    }
    String name = "repeats-" + number;
    long[] counts = ground.backlog.end(name);
    for (int i = 0; i < counts.length; i++) {
      counts[i] += news[i];
    }
    boolean before = number % 2 == 0;
    Run pass = before ? pass(name, counts) : null;
    Run steady = ground.judge(load.assets() * load.rescans());
    pass = before ? pass : pass(name, counts);
    return new Round(pass, firstSight, steady, flink == null ? null : flink(begin));
  }

  private Run pass(String name, long[] counts) throws InterruptedException {
    passed.begin();
    Ground.Stopwatch watch = ground.stopwatch();
    passThrough.resume();
    passed.last(name, counts);
    Run run = watch.stop(load.news() + load.repeats());
    passThrough.pause();
    return run;
  }

  private Run flink(List<Long> begin) throws IOException {
    return new Run(load.news() + load.repeats(), flink.seconds(begin, ground.backlog.ends()), 0, 0);
  }

  /** Closes the contestants' side and says how many bytes of state there are for each finding. */
  double stateBytesPerFinding() {
    return (double) ground.stateBytes() / findings;
  }

  /** Mean bytes of an event's value, before compression. */
  double eventBytes() {
    return (double) ground.backlog.bytes()
        / ((long) nextAsset * (1 + load.rescans()) * load.observations());
  }

  /** Mean bytes that an event takes on the broker's disk, compressed. */
  double eventBytesOnDisk() throws InterruptedException {
    return (double) ground.topicBytes(ground.observed)
        / ((long) nextAsset * (1 + load.rescans()) * load.observations());
  }

  @Override
  public void close() {
    if (flink != null) {
      flink.close();
    }
    passThrough.close();
    passed.close();
    ground.close();
  }
}
