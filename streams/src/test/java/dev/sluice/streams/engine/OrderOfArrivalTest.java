package dev.sluice.streams.engine;

import static dev.sluice.streams.Scans.npm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Observation;
import dev.sluice.streams.Scans;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Findings are a function of what is claimed, not of who claimed it first. */
class OrderOfArrivalTest {
  private static final String[] IDS = {
    "CVE-2020-1001",
    "CVE-2020-1002",
    "GHSA-aaaa-aaaa-aaaa",
    "GHSA-bbbb-bbbb-bbbb",
    "GO-2020-1",
    "SNYK-1"
  };

  @Property(tries = 60, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void anyOrderOfScansGivesTheSameFindings(
      @ForAll @Size(min = 1, max = 4)
          List<@Size(min = 1, max = 5) List<@IntRange(max = 1000) Integer>> scanners,
      @ForAll Random random) {
    List<Scans.Scan> scans = new ArrayList<>();
    for (int i = 0; i < scanners.size(); i++) {
      Observation[] claims =
          scanners.get(i).stream()
              .distinct()
              .map(OrderOfArrivalTest::claim)
              .toArray(Observation[]::new);
      scans.add(new Scans.Scan("scanner-" + i, List.of(claims)).id("scan-" + i));
    }
    Basin first = new Basin();
    scans.forEach(first::send);
    Collections.shuffle(scans, random);
    Basin second = new Basin();
    scans.forEach(second::send);

    assertThat(second.picture()).isEqualTo(first.picture());
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void duplicatesOfAScanChangeNothing(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 1000) Integer> claims) {
    Observation[] observations =
        claims.stream().distinct().map(OrderOfArrivalTest::claim).toArray(Observation[]::new);
    Basin basin = new Basin();
    basin.send(new Scans.Scan("scanner", List.of(observations)));
    int revisions = basin.findingRevisions.size();
    int events = basin.events.size();

    basin.send(new Scans.Scan("scanner", List.of(observations)));

    assertThat(basin.findingRevisions).hasSize(revisions);
    assertThat(basin.events).hasSize(events);
  }

  private static Observation claim(int n) {
    String id = IDS[n % IDS.length];
    String alias = IDS[n / 7 % IDS.length];
    String name = "package-" + n % 2;
    return alias.equals(id)
        ? npm(id, name, "1.0.0", "1.0.1")
        : npm(id, name, "1.0.0", "1.0.1", alias);
  }
}
