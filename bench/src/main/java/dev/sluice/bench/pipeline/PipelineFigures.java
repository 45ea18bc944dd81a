package dev.sluice.bench.pipeline;

import dev.sluice.bench.figure.Ratio;
import dev.sluice.bench.figure.Results;
import dev.sluice.bench.pipeline.Course.Round;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the rounds of the pipeline and the pass-through come to. */
public final class PipelineFigures {
  public static final String STEADY_STATE = "steady-state";
  public static final String FIRST_SIGHT = "first-sight";

  public static final String FLINK = "flink";

  private final List<Round> rounds;

  private PipelineFigures(List<Round> rounds) {
    this.rounds = rounds;
  }

  /**
   * Lets both run and adds what was found to the results.
   *
   * @throws Exception if a contestant fails; there are no figures then
   */
  public static void measure(Course course, Results results) throws Exception {
    List<Round> rounds = course.run();
    PipelineFigures figures = new PipelineFigures(rounds);
    results.machine().put("rounds", rounds.size());
    results.ratios().put(STEADY_STATE, figures.ratio(Round::steadyState, 1.0));
    results.ratios().put(FIRST_SIGHT, figures.ratio(Round::firstSight, 0.30));
    if (rounds.get(0).flink() != null) {
      results.ratios().put(FLINK, figures.flink());
      results.absolutes().put("flink-per-second", figures.median(Round::flink, Run::rate));
    }
    results.absolutes().putAll(figures.absolutes());
    results.absolutes().put("event-bytes", course.eventBytes());
    results.absolutes().put("event-bytes-on-disk", course.eventBytesOnDisk());
    results.absolutes().put("state-bytes-per-finding", course.stateBytesPerFinding());
  }

  private Ratio ratio(Function<Round, Run> of, double goal) {
    return Ratio.of(
        rounds.stream().map(r -> of.apply(r).rate() / r.passed().rate()).toList(), goal);
  }

  private Ratio flink() {
    return Ratio.of(rounds.stream().map(r -> r.whole().rate() / r.flink().rate()).toList(), 1.5);
  }

  private Map<String, Double> absolutes() {
    Map<String, Function<Round, Run>> runs = new LinkedHashMap<>();
    runs.put("pass-through", Round::passed);
    runs.put(STEADY_STATE, Round::steadyState);
    runs.put(FIRST_SIGHT, Round::firstSight);
    Map<String, Double> absolutes = new LinkedHashMap<>();
    runs.forEach((name, run) -> absolutes.put(name + "-per-second", median(run, Run::rate)));
    runs.forEach((name, run) -> absolutes.put(name + "-cpu-micros", median(run, Run::cpuMicros)));
    Function<Run, Double> changelog = run -> (double) run.changelogBytes() / run.records();
    absolutes.put("changelog-bytes-per-repeat", median(Round::steadyState, changelog));
    absolutes.put("changelog-bytes-per-new", median(Round::firstSight, changelog));
    return absolutes;
  }

  private double median(Function<Round, Run> of, Function<Run, Double> figure) {
    return Ratio.median(rounds.stream().map(r -> figure.apply(of.apply(r))).toList());
  }
}
