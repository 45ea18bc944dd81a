package dev.sluice.bench;

import dev.sluice.app.LogSetup;
import dev.sluice.bench.dispatch.DispatchCourse;
import dev.sluice.bench.figure.Results;
import dev.sluice.bench.pipeline.Course;
import dev.sluice.bench.pipeline.Load;
import dev.sluice.bench.pipeline.PipelineFigures;
import dev.sluice.bench.pipeline.ScaleCourse;
import dev.sluice.bench.readers.ReaderCourse;
import dev.sluice.bench.serde.SerdeCourse;
import dev.sluice.bench.whole.WholeFigures;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code sluice bench} command. */
@Command(
    name = "sluice bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures Sluice against what its parts stand on: a Kafka Streams pass-through with the same"
          + " serdes, exactly-once, threads and partitions; Jackson's token stream; bare Avro; a bare"
          + " HTTP client; the same job on Flink.",
      "Ratios are medians over rounds; docs/performance.md explains each figure."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice bench --quick                     what can be measured in two minutes",
      "  sluice bench --only readers,serde        two parts alone",
      "  sluice bench --json bench.json           everything, and a file for machines"
    })
public final class BenchMain implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--quick",
      description = "Fewer and smaller rounds, and not what takes minutes: less than two minutes.")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to a file too.")
  private Path json;

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      converter = Part.Names.class,
      completionCandidates = Part.Names.class,
      description = "Measures these parts alone: ${COMPLETION-CANDIDATES}.")
  private List<Part> only = new ArrayList<>();

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
      names = "--partitions",
      paramLabel = "N",
      description = "Partitions of every topic of the pipeline, default 4.")
  private Integer partitions;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Stream threads of each contestant, default 2.")
  private Integer threads;

  @Option(
      names = "--open-findings",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "With open-findings-scale: open findings at last, default ${DEFAULT-VALUE}.")
  private long openFindings;

  @Option(
      names = "--property",
      paramLabel = "NAME=VALUE",
      description = "A Kafka Streams property for both contestants; may be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

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
    Results results = Results.ofThisMachine();
    try {
      measure(results);
    } finally {
      // What was measured is told even where a later part fails.
      tell(results);
    }
    return 0;
  }

  private void measure(Results results) throws Exception {
    if (wants(Part.READERS)) {
      measureReaders(results);
    }
    if (wants(Part.SERDE)) {
      progress("serializer and deserializer");
      new SerdeCourse(Duration.ofMillis(quick ? 150 : 1_000)).run(rounds(5, 9), results);
    }
    if (wants(Part.DISPATCH)) {
      progress("a sink and a bare HTTP client");
      new DispatchCourse(quick ? 3_000 : 20_000).run(rounds(3, 9), results);
    }
    Set<Part> whole = EnumSet.of(Part.START_AND_IDLE, Part.LATENCY, Part.POST_TO_DECISION_10K);
    whole.removeIf(part -> !wants(part));
    if (!whole.isEmpty()) {
      (quick ? WholeFigures.QUICK : WholeFigures.FULL)
          .measure(
              whole.stream().map(Part::label).collect(Collectors.toSet()), results, this::progress);
    }
    if (wants(Part.STEADY_STATE) || wants(Part.FIRST_SIGHT) || wants(Part.FLINK)) {
      measurePipeline(results);
    }
    if (wants(Part.OPEN_FINDINGS_SCALE)) {
      progress("opening " + openFindings + " findings");

      try (ScaleCourse course =
          new ScaleCourse(load(Load.SCALE), 20_000, openFindings, properties, this::progress)) {
        course.run(results);
      }
    }
  }

  private void tell(Results results) throws IOException {
    out.print(results.text());
    if (quick && only.isEmpty()) {
      out.println("\nleft out by --quick: " + leftOut());
    }
    if (json != null) {
      results.writeTo(json);
    }
  }

  private boolean wants(Part part) {
    return only.isEmpty() ? !quick || !part.isLong() : only.contains(part);
  }

  private static String leftOut() {
    return Part.all()
        .filter(Part::isLong)
        .map(part -> part.label() + " (--only " + part.label() + ")")
        .collect(Collectors.joining(", "));
  }

  private int rounds(int few, int many) {
    return rounds != null ? rounds : quick ? few : many;
  }

  private void measureReaders(Results results) throws IOException {
    ReaderCourse course = new ReaderCourse(Duration.ofMillis(quick ? 200 : 1_000));
    if (reports.isEmpty()) {
      course.run(16, rounds(3, 9), this::progress);
    } else {
      Map<String, Path> files = new LinkedHashMap<>();
      reports.forEach(file -> files.put(file.toString(), file));
      course.run(files, rounds(3, 9), this::progress);
    }
    results.ratios().putAll(course.ratios());
    results.absolutes().putAll(course.absolutes());
  }

  private void measurePipeline(Results results) throws Exception {
    progress("starting a broker and both contestants");
    try (Course course =
        new Course(load(quick ? Load.QUICK : Load.FULL), properties, this::progress)) {
      if (wants(Part.FLINK)) {
        progress("building the job for Flink");
        course.withFlink();
      }
      PipelineFigures.measure(course, results);
    }
  }

  private void progress(String line) {
    err.println("sluice: " + line);
  }

  private Load load(Load base) {
    return new Load(
        or(rounds, base.rounds()),
        or(warmUps, base.warmUps()),
        or(assets, base.assets()),
        or(observations, base.observations()),
        or(rescans, base.rescans()),
        or(partitions, base.partitions()),
        or(threads, base.threads()),
        base.budget());
  }

  private static int or(Integer chosen, int usual) {
    return chosen == null ? usual : chosen;
  }
}
