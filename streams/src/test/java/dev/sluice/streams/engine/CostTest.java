package dev.sluice.streams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Component;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Observation;
import dev.sluice.events.Rating;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.Severity;
import dev.sluice.streams.Scans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a partition pays for an observation, counted and not timed: records and bytes that the
 * changelogs get, and calls into the stores. Rates follow from these. Whoever needs more than is
 * allowed here raises it knowingly, with what it costs in docs/performance.md.
 */
class CostTest {
  private static final int ASSETS = 10;
  private static final int OBSERVATIONS = 400;

  /** One observation in so many says something new in each rescan. */
  private static final int CHANGES_EVERY = 50;

  // Measured: 8.50 records, 2,593 bytes, 3.29 reads.
  private static final Cost FIRST_SIGHT = new Cost(9.0, 2_700, 3.5);
  // Measured: 0.113 records, 35.6 bytes, 1.38 reads.
  private static final Cost RESCAN = new Cost(0.12, 38, 1.5);

  private final Basin basin = new Basin();

  /** Of the size and shape of Trivy's: five vulnerabilities of each package of an image. */
  private static Observation observation(int i, int changes) {
    int number = i / 5;
    String id = "CVE-2024-" + (10_000 + i);
    String version = "1." + number % 30 + ".2-3+deb12u" + number % 7;
    boolean fixed = i % 3 == 0 || changes > 0;
    List<Rating> ratings = new ArrayList<>();
    for (String source : List.of("debian", "nvd", "redhat", "ubuntu", "ghsa", "azure")) {
      ratings.add(
          Rating.newBuilder()
              .setSource(source)
              .setSeverity(Severity.values()[2 + i % 5])
              .setText("word " + i % 5)
              .setVector("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:" + "NLH".charAt(i % 3))
              .setMethod("cvss3.1")
              .build());
    }
    return Observation.newBuilder()
        .setKind(FindingKind.VULNERABLE_PACKAGE)
        .setNativeId(id)
        .setTitle("lib" + number + ": a buffer is read behind its end, " + i)
        .setDescription(("In lib" + number + " a length is taken from the input. ").repeat(8))
        .setReferences(
            IntStream.range(0, 10)
                .mapToObj(n -> "https://advisories.example/" + id + "/reference-" + n)
                .toList())
        .setCwes(List.of(125))
        .setComponent(
            Component.newBuilder()
                .setPurl("pkg:deb/debian/lib" + number + "@" + version + "?arch=amd64")
                .setName("lib" + number)
                .setVersion(version)
                .setEcosystem("deb")
                .setSourceName("source-" + number)
                .setDistro("debian-12.5")
                .build())
        .setFixedVersions(fixed ? List.of("1." + number % 30 + "." + (3 + changes)) : List.of())
        .setFixState(fixed ? FixState.FIXED : FixState.NOT_FIXED)
        .setRatings(ratings)
        .build();
  }

  private void scan(int number) {
    for (int asset = 0; asset < ASSETS; asset++) {
      List<Observation> observations = new ArrayList<>();
      for (int i = 0; i < OBSERVATIONS; i++) {
        int turn = (i * 31 + asset) % CHANGES_EVERY + 1;
        observations.add(observation(i, number < turn ? 0 : 1 + (number - turn) / CHANGES_EVERY));
      }
      Scans.Scan scan =
          new Scans.Scan("trivy", observations)
              .asset("registry.example/service-" + asset)
              .id("scan-" + asset + "-" + number)
              .at(Basin.NOW.minus(Duration.ofDays(30)).plusSeconds(number));
      for (ScanEvent event : scan.events(Basin.NOW)) {
        basin.accept(event);
      }
      basin.settle();
      basin.commit();
    }
  }

  /** Counts for each observation of what has been scanned in between. */
  private record Cost(double records, double bytes, double reads) {
    static Cost of(Basin basin, Runnable scans, int observations) {
      long records = basin.records();
      long bytes = basin.logged();
      long reads = basin.reads();
      scans.run();
      return new Cost(
          (basin.records() - records) / (double) observations,
          (basin.logged() - bytes) / (double) observations,
          (basin.reads() - reads) / (double) observations);
    }

    void isWithin(Cost budget) {
      assertThat(records).as("records of %s", this).isPositive().isLessThan(budget.records);
      assertThat(bytes).as("bytes of %s", this).isPositive().isLessThan(budget.bytes);
      assertThat(reads).as("reads of %s", this).isPositive().isLessThan(budget.reads);
    }
  }

  @Test
  void observationSeenForTheFirstTime() {
    Cost cost = Cost.of(basin, () -> scan(0), ASSETS * OBSERVATIONS);

    assertThat(basin.findings).hasSize(ASSETS * OBSERVATIONS);

    cost.isWithin(FIRST_SIGHT);
  }

  @Test
  void observationOfARescan() {
    scan(0);
    int scans = 5;
    int revisions = basin.findingRevisions.size();
    Cost cost =
        Cost.of(
            basin,
            () -> IntStream.rangeClosed(1, scans).forEach(this::scan),
            ASSETS * OBSERVATIONS * scans);

    assertThat(basin.findingRevisions.size() - revisions)
        .isEqualTo(ASSETS * OBSERVATIONS * scans / CHANGES_EVERY);

    cost.isWithin(RESCAN);
  }
}
