package dev.sluice.streams.engine;

import static dev.sluice.streams.Scans.npm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Observation;
import dev.sluice.events.ScanEvent;
import dev.sluice.streams.Scans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A report of 10,000 observations that says what the one before it said costs next to nothing. */
class RepeatCostTest {
  private static final int OBSERVATIONS = 10_000;

  /** A commit every 100 ms at 10,000 observations a second, less than streams take in. */
  private static final int EVENTS_PER_COMMIT = 1_000;

  /** What differs from the report before, without anybody having to do anything. */
  enum Difference {
    NOTHING(o -> o),
    EPSS(
        o -> {
          o.setEpssScore(0.5);
          o.setEpssPercentile(0.9);
          return o;
        }),
    TEXTS(
        o -> {
          o.setTitle(o.getTitle() + ", in other words");
          o.setDescription("Said at greater length than before.");
          o.setReferences(new ArrayList<>(List.of("https://example.org/" + o.getNativeId())));
          return o;
        });

    private final UnaryOperator<Observation> change;

    Difference(UnaryOperator<Observation> change) {
      this.change = change;
    }
  }

  private static Observation observation(int i) {
    return npm("CVE-2020-" + (10_000 + i), "package-" + i % 500, "1.0.0", "1.0.1");
  }

  private static void send(Basin basin, List<Observation> observations, String id, int days) {
    Scans.Scan scan =
        new Scans.Scan("trivy", observations).id(id).at(Basin.NOW.plus(Duration.ofDays(days)));
    int n = 0;
    for (ScanEvent event : scan.events(Basin.NOW)) {
      basin.accept(event);
      if (++n % EVENTS_PER_COMMIT == 0) {
        basin.commit();
      }
    }
    basin.settle();
    basin.commit();
  }

  @ParameterizedTest
  @EnumSource(Difference.class)
  void writesNoRevisionNoEventAndAtMostEightBytesAnObservation(Difference difference) {
    Basin basin = new Basin();
    List<Observation> first =
        IntStream.range(0, OBSERVATIONS).mapToObj(RepeatCostTest::observation).toList();
    List<Observation> second =
        IntStream.range(0, OBSERVATIONS)
            .mapToObj(i -> difference.change.apply(observation(i)))
            .toList();
    send(basin, first, "first", -2);
    long logged = basin.logged();
    int revisions = basin.findingRevisions.size();
    int events = basin.events.size();

    send(basin, second, "second", -1);

    double bytes = (basin.logged() - logged) / (double) OBSERVATIONS;
    assertThat(basin.verdicts.get(1).getRepeated()).isEqualTo(OBSERVATIONS);
    assertThat(basin.findingRevisions).hasSize(revisions);
    assertThat(basin.events).hasSize(events);
    assertThat(bytes).as("bytes of changelog an observation").isPositive().isLessThanOrEqualTo(8);
  }
}
