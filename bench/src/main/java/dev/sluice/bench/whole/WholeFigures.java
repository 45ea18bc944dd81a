package dev.sluice.bench.whole;

import dev.sluice.bench.figure.Figures;
import dev.sluice.bench.figure.Folders;
import dev.sluice.bench.figure.Ratio;
import dev.sluice.bench.figure.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Figures of Sluice as it is run: {@code start-and-idle}, {@code post-to-decision-10k} and {@code
 * latency}.
 *
 * @param observations of the large report
 * @param warmUps large reports before those that count
 * @param rounds large reports that count
 * @param starts starts of the demo
 * @param quiet how long nothing happens before memory is looked at
 * @param seconds how long small scans come, after as long to warm up
 */
public record WholeFigures(
    int observations, int warmUps, int rounds, int starts, Duration quiet, int seconds) {
  public static final String START_AND_IDLE = "start-and-idle";
  public static final String POST_TO_DECISION = "post-to-decision-10k";
  public static final String LATENCY = "latency";

  public static final WholeFigures QUICK =
      new WholeFigures(10_000, 1, 2, 1, Duration.ofSeconds(2), 5);
  public static final WholeFigures FULL =
      new WholeFigures(10_000, 5, 9, 3, Duration.ofSeconds(20), 30);

  private static final int SCANS_PER_SECOND = 20;
  private static final int SMALL = 25;

  /**
   * Measures.
   *
   * @param wanted which of the three
   */
  public void measure(Set<String> wanted, Results results, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("sluice-bench");
    try {
      Figures found = new Figures();
      if (wanted.contains(START_AND_IDLE)) {
        for (int i = 0; i < starts; i++) {
          found.add("demo", demo(folder));
        }
        progress.accept("the demo's first verdict came");
      }
      try (OneProcessCourse course = new OneProcessCourse(folder)) {
        progress.accept("sluice up runs");
        if (wanted.contains(START_AND_IDLE)) {
          startAndIdle(found, course.idleMebibytes(quiet), results);
        }
        if (wanted.contains(LATENCY)) {
          latency(course.small(SCANS_PER_SECOND, SMALL, seconds, seconds), results);
          progress.accept("small scans are done");
        }
        if (wanted.contains(POST_TO_DECISION)) {
          List<Double> took = course.decide(observations, warmUps, rounds);
          results.ratios().put(POST_TO_DECISION, Ratio.atMost(took, 1.0));
          progress.accept("large reports are done");
        }
      }
    } finally {
      Folders.delete(folder);
    }
  }

  /** Seconds until the demo tells its first verdict. */
  private static double demo(Path folder) throws IOException, InterruptedException {
    try (SluiceProcess demo = SluiceProcess.start(folder, "demo", "--exit")) {
      return demo.await("sluice: verdict on");
    }
  }

  /** Where memory cannot be known, the start alone counts: unknown is not reached. */
  private static void startAndIdle(Figures found, double idleMebibytes, Results results) {
    Ratio start = Ratio.atMost(found.of("demo"), 8.0);
    results.ratios().put(START_AND_IDLE, start);
    results.ratios().put("start-and-idle-demo-seconds", start);
    if (idleMebibytes >= 0) {
      Ratio idle = Ratio.atMost(List.of(idleMebibytes), 450.0);
      results.ratios().put("start-and-idle-resident-mib", idle);
      if (idle.share() < start.share()) {
        results.ratios().put(START_AND_IDLE, idle);
      }
    }
  }

  private static void latency(Histogram millis, Results results) {
    results
        .ratios()
        .put(LATENCY, Ratio.atMost(List.of((double) millis.getValueAtPercentile(99)), 500.0));
    for (int each : List.of(50, 95, 99)) {
      results
          .absolutes()
          .put("latency-p" + each + "-millis", (double) millis.getValueAtPercentile(each));
    }
    results.absolutes().put("latency-requests", (double) millis.getTotalCount());
  }
}
