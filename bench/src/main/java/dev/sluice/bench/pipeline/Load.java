package dev.sluice.bench.pipeline;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds rounds that count; the median of them is the result
 * @param warmUps rounds before those, to let the JVM compile
 * @param assets assets that are new in each round
 * @param observations observations of one report
 * @param rescans how often each of a round's assets is scanned again
 * @param partitions partitions of every per-asset topic
 * @param threads stream threads of each contestant
 * @param budget no round is begun that would probably end later than this after the first, but
 *     there is one always
 */
public record Load(
    int rounds,
    int warmUps,
    int assets,
    int observations,
    int rescans,
    int partitions,
    int threads,
    Duration budget) {

  /** Less than a minute on two cores. */
  public static final Load QUICK = new Load(3, 1, 30, 400, 12, 4, 2, Duration.ofSeconds(35));

  /** For figures that are kept. */
  public static final Load FULL = new Load(9, 2, 60, 400, 15, 4, 2, Duration.ofMinutes(20));

  /** For rescans while ever more is open. */
  public static final Load SCALE = new Load(5, 2, 50, 400, 5, 4, 2, Duration.ofMinutes(20));

  public Load {
    if (rounds < 1 || warmUps < 0 || assets < 1 || observations < 1 || rescans < 1) {
      throw new IllegalArgumentException("a load needs a round, an asset, a rescan at least");
    }
  }

  /** Observations of the first scans of a round. */
  long news() {
    return (long) assets * observations;
  }

  /** Observations of the later scans of a round. */
  long repeats() {
    return news() * rescans;
  }
}
