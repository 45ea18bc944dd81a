package dev.sluice.streams.engine;

import static dev.sluice.streams.Scans.npm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Observation;
import dev.sluice.streams.Scans;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CollisionsTest {
  @Test
  void observationsThatTakeEachOthersPlaceAreCounted() {
    Basin basin = new Basin();
    basin.send(variants(20));

    assertThat(basin.verdicts.get(0).getWarnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning).startsWith("4 observations"));
  }

  @Test
  void fewVariantsOfOneClaimAreNoCollision() {
    Basin basin = new Basin();
    basin.send(variants(16));

    assertThat(basin.verdicts.get(0).getWarnings()).isEmpty();
    assertThat(basin.findings).hasSize(1);
  }

  /** One vulnerability of one package at one place, with as many different fixes. */
  private static Scans.Scan variants(int n) {
    List<Observation> claims =
        IntStream.range(0, n).mapToObj(i -> npm("CVE-2020-1", "p", "1.0.0", "2.0." + i)).toList();
    return new Scans.Scan("trivy", claims);
  }
}
