package dev.sluice.bench;

import dev.sluice.app.LogSetup;
import dev.sluice.bench.Course.Round;
import dev.sluice.bench.Course.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code sluice bench} command. */
@Command(
    name = "sluice bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the pipeline against a Kafka Streams pass-through with the same serdes, exactly-once,"
          + " threads and partitions, on a broker in this process.",
      "Ratios are medians over rounds; docs/performance.md explains each figure."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice bench --quick                     all ratios in less than two minutes",
      "  sluice bench --json bench.json           more rounds, and a file for machines"
    })
public final class BenchMain implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Option(names = "--quick", description = "Fewer and smaller rounds: less than two minutes.")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to a file too.")
  private Path json;

  @Option(
      names = "--only",
      paramLabel = "PART",
      description = "Measures one part alone: ${COMPLETION-CANDIDATES}.")
  private Part only;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "With --only readers: reads this report instead of invented ones; repeatable.")
  private List<Path> reports = new ArrayList<>();

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count.")
  private Integer rounds;

  @Option(names = "--assets", paramLabel = "N", description = "New assets in a round.")
  private Integer assets;

  @Option(names = "--rescans", paramLabel = "N", description = "Rescans of each asset in a round.")
  private Integer rescans;

  @Option(names = "--observations", paramLabel = "N", description = "Observations of one report.")
  private Integer observations;

  @Option(names = "--warm-ups", paramLabel = "N", description = "Rounds before those that count.")
  private Integer warmUps;

  @Option(
      names = "--property",
      paramLabel = "NAME=VALUE",
      description = "A Kafka Streams property for both contestants; may be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  /** What can be measured alone. */
  enum Part {
    pipeline,
    readers
  }

  BenchMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    // Kafka's warnings about a broker of one node would drown the progress.
    LogSetup.libraries("OFF");
    System.exit(run(System.out, System.err, arguments));
  }

  /**
   * Runs the command.
   *
   * @return the exit code: 0 done, 2 wrong options, 70 a defect; a ratio below its goal is no error
   */
  static int run(PrintStream out, PrintStream err, String... arguments) {
    // The launcher's first argument is the command itself.
    boolean named = arguments.length > 0 && arguments[0].equals("bench");
    String[] options =
        named ? List.of(arguments).subList(1, arguments.length).toArray(new String[0]) : arguments;
    CommandLine line = new CommandLine(new BenchMain(out, err));
    line.setOut(new java.io.PrintWriter(out, true));
    line.setErr(new java.io.PrintWriter(err, true));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          err.println("sluice: the benchmark failed: " + failure.getMessage());
          failure.printStackTrace(err);
          return 70;
        });
    return line.execute(options);
  }

  @Override
  public Integer call() throws Exception {
    Results results = new Results(Machine.describe(), new LinkedHashMap<>(), new LinkedHashMap<>());
    if (only != Part.pipeline) {
      measureReaders(results);
    }
    if (only != Part.readers) {
      measurePipeline(results);
    }
    out.print(results.text());
    if (json != null) {
      results.writeTo(json);
    }
    return 0;
  }

  private void measureReaders(Results results) throws IOException {
    int count = rounds != null ? rounds : quick ? 3 : 9;
    ReaderCourse course = new ReaderCourse(Duration.ofMillis(quick ? 300 : 1_000));
    if (reports.isEmpty()) {
      course.run(16, count, this::progress);
    } else {
      Map<String, Path> files = new LinkedHashMap<>();
      reports.forEach(file -> files.put(file.getFileName().toString(), file));
      course.run(files, count, this::progress);
    }
    results.ratios().putAll(course.ratios());
    results.absolutes().putAll(course.absolutes());
  }

  private void measurePipeline(Results results) throws Exception {
    progress("starting a broker and both contestants");
    try (Course course = new Course(load(), properties, this::progress)) {
      List<Round> measured = course.run();
      results.machine().put("rounds", measured.size());
      results.ratios().putAll(ratios(measured));
      results.absolutes().putAll(absolutes(measured, course));
    }
  }

  private void progress(String line) {
    err.println("sluice: " + line);
  }

  private Load load() {
    Load base = quick ? Load.QUICK : Load.FULL;
    return new Load(
        rounds == null ? base.rounds() : rounds,
        warmUps == null ? base.warmUps() : warmUps,
        assets == null ? base.assets() : assets,
        observations == null ? base.observations() : observations,
        rescans == null ? base.rescans() : rescans,
        base.partitions(),
        base.threads(),
        base.budget());
  }

  private static Map<String, Ratio> ratios(List<Round> rounds) {
    Map<String, Ratio> ratios = new LinkedHashMap<>();
    ratios.put("steady-state", ratio(rounds, Round::steadyState, 1.0));
    ratios.put("first-sight", ratio(rounds, Round::firstSight, 0.30));
    return ratios;
  }

  private static Ratio ratio(List<Round> rounds, Function<Round, Run> of, double goal) {
    return Ratio.of(
        rounds.stream().map(r -> of.apply(r).rate() / r.passed().rate()).toList(), goal);
  }

  private static Map<String, Double> absolutes(List<Round> rounds, Course course) {
    Map<String, Double> absolutes = new LinkedHashMap<>();
    Map<String, Function<Round, Run>> runs = new LinkedHashMap<>();
    runs.put("pass-through", Round::passed);
    runs.put("steady-state", Round::steadyState);
    runs.put("first-sight", Round::firstSight);
    runs.forEach(
        (name, run) -> absolutes.put(name + "-per-second", median(rounds, run, Run::rate)));
    runs.forEach(
        (name, run) -> absolutes.put(name + "-cpu-micros", median(rounds, run, Run::cpuMicros)));
    absolutes.put("event-bytes", course.eventBytes());
    Function<Run, Double> changelog = run -> (double) run.changelogBytes() / run.records();
    absolutes.put("changelog-bytes-per-repeat", median(rounds, Round::steadyState, changelog));
    absolutes.put("changelog-bytes-per-new", median(rounds, Round::firstSight, changelog));
    absolutes.put("state-bytes-per-finding", course.stateBytesPerFinding());
    return absolutes;
  }

  private static double median(
      List<Round> rounds, Function<Round, Run> of, Function<Run, Double> figure) {
    return Ratio.median(rounds.stream().map(r -> figure.apply(of.apply(r))).toList());
  }
}
