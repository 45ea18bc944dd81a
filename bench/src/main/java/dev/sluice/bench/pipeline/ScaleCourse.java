package dev.sluice.bench.pipeline;

import dev.sluice.bench.figure.Figures;
import dev.sluice.bench.figure.Ratio;
import dev.sluice.bench.figure.Results;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Whether what is open already makes a rescan slower: the rate of rescans when few findings are
 * open against the rate of rescans of as many assets, spread over all, when many are. Then local
 * state is taken away and restored from its changelogs.
 */
public final class ScaleCourse implements AutoCloseable {
  public static final String NAME = "open-findings-scale";

  private static final double GOAL = 0.80;

  /** Assets whose backlog is written at once while findings are opened. */
  private static final int BATCH = 100;

  private final Load load;
  private final Ground ground;
  private final int fewAssets;
  private final int manyAssets;
  private final int[] scans;
  private int known;

  /**
   * @param load its assets are those that are rescanned in a round, its rescans how often
   * @param few open findings at first
   * @param many open findings at last, more than few
   */
  public ScaleCourse(
      Load load, long few, long many, Map<String, String> properties, Consumer<String> progress)
      throws IOException, InterruptedException {
    this.load = load;
    this.fewAssets = (int) Math.max(1, few / load.observations());
    this.manyAssets = (int) (many / load.observations());
    if (manyAssets <= fewAssets) {
      throw new IllegalArgumentException("there must be more open findings at last than " + few);
    }
    this.scans = new int[manyAssets];
    ground = new Ground(load, properties, progress);
  }

  /** Fills, measures, fills, measures, restores. */
  public void run(Results results) throws IOException, InterruptedException {
    Figures figures = new Figures();
    open(fewAssets);
    for (int round = -load.warmUps(); round < load.rounds(); round++) {
      double rate = rescan(round).rate();
      figures.add(round < 0 ? "warm-up" : "few", rate);
    }
    open(manyAssets);
    rescan(-1);
    for (int round = 0; round < load.rounds(); round++) {
      figures.add("many", rescan(round).rate());
    }
    double few = Ratio.median(figures.of("few"));
    results
        .ratios()
        .put(NAME, Ratio.of(figures.of("many").stream().map(rate -> rate / few).toList(), GOAL));
    double seconds = ground.restore();
    double millions = (double) manyAssets * load.observations() / 1e6;
    Map<String, Double> absolutes = results.absolutes();
    absolutes.put(NAME + "-few", (double) fewAssets * load.observations());
    absolutes.put(NAME + "-many", millions * 1e6);
    absolutes.put(NAME + "-few-per-second", few);
    absolutes.put(NAME + "-many-per-second", Ratio.median(figures.of("many")));
    absolutes.put("restore-seconds", seconds);
    absolutes.put("restore-seconds-per-million", seconds / millions);
    absolutes.put(NAME + "-state-bytes-per-finding", ground.stateBytes() / (millions * 1e6));
  }

  /** Scans assets for the first time until so many are known. */
  private void open(int assets) throws InterruptedException {
    while (known < assets) {
      int end = Math.min(assets, known + BATCH);
      int count = end - known;
      for (; known < end; known++) {
        ground.reports.scan(known, 0, ground.backlog::add);
      }
      ground.backlog.end("open-" + known);
      Run run = ground.judge(count);
      ground.tell(
          String.format(
              "%,d findings are open (%,.0f/s)", (long) known * load.observations(), run.rate()));
    }
  }

  /** Rescans assets that lie apart by the same number of others. */
  private Run rescan(int round) throws InterruptedException {
    int count = Math.min(load.assets(), known);
    for (int rescan = 0; rescan < load.rescans(); rescan++) {
      for (int i = 0; i < count; i++) {
        int asset = (int) ((long) i * known / count);
        ground.reports.scan(asset, ++scans[asset], ground.backlog::add);
      }
    }
    ground.backlog.end("rescan-" + round);
    return ground.judge(count * load.rescans());
  }

  @Override
  public void close() {
    ground.close();
  }
}
