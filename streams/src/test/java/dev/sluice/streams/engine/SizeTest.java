package dev.sluice.streams.engine;

import static dev.sluice.streams.Scans.npm;
import static dev.sluice.streams.Scans.trivy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionItem;
import dev.sluice.events.AssetProfile;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.GateMode;
import dev.sluice.events.ItemKind;
import dev.sluice.events.Observation;
import dev.sluice.streams.Scans;
import dev.sluice.streams.state.RowCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is large stays one record of bounded size, and what changes costs what changes. */
class SizeTest {
  private static final int A_RECORD = 1 << 20;

  private final Basin basin = new Basin();

  @Test
  void baselineCountsAllAndListsTheWorst() {
    basin.send(many(2_000).id("1"));

    ActionItem baseline = baseline();
    assertThat(baseline.getFindingCount()).isEqualTo(2_000);
    assertThat(baseline.getFindings()).hasSize(50);
    assertThat(baseline.getSummary())
        .isEqualTo("Work off 2000 findings that the first scan brought.");
  }

  @Test
  void oneFindingOfABaselineThatGoesReadsNotAllOthers() {
    basin.send(many(5_000).id("1"));
    long reads = basin.facts.reads();

    basin.send(many(4_999).id("2"));

    assertThat(baseline().getFindingCount()).isEqualTo(4_999);
    assertThat(basin.facts.reads() - reads).isLessThan(300);
  }

  @Test
  void findingWithTenThousandPlacesIsOneBoundedRecord() {
    List<Observation> places = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      Observation place = npm("CVE-2020-1", "ms", "1.0.0", "2.0.0", "GHSA-aaaa-bbbb-cccc");
      place.getComponent().setPlaces(new ArrayList<>(List.of("module-" + i + "/package.json")));
      places.add(place);
    }
    basin.send(new Scans.Scan("trivy", places).id("1"));

    Finding finding = basin.findings.values().iterator().next();
    assertThat(basin.findings).hasSize(1);
    assertThat(finding.getOccurrenceCount()).isEqualTo(10_000);
    assertThat(new RowCodec<>(Finding.class).encode(finding)).hasSizeLessThan(20_000);
    assertThat(basin.facts.largestValue()).isLessThan(A_RECORD);
    assertThat(basin.order.largestValue()).isLessThan(A_RECORD);
    assertThat(basin.seen.largestValue()).isLessThan(100);
  }

  @Test
  void findingStaysOpenWhileTheLastOfVeryManyPlacesShowsIt() {
    List<Observation> places = new ArrayList<>();
    for (int i = 0; i < 10_020; i++) {
      Observation place = npm("CVE-2020-1", "ms", "1.0.0", "2.0.0");
      place.getComponent().setPlaces(new ArrayList<>(List.of("module-" + i + "/package.json")));
      places.add(place);
    }
    List<Observation> last = places.subList(10_019, 10_020);
    basin.send(new Scans.Scan("trivy", places).id("1"));
    basin.send(new Scans.Scan("trivy", last).id("2"));
    basin.accept(Scans.confirmed("2", "alex", "removed"));
    basin.settle();

    Finding finding = basin.findings.values().iterator().next();
    assertThat(finding.getStatus()).isEqualTo(FindingStatus.OPEN);
    assertThat(finding.getOccurrenceCount()).isEqualTo(1);
  }

  @Test
  void gateLooksAtWhatIsNewOnly() {
    basin.send(many(1_000).image("sha256:1").id("1"));
    basin.send(many(1_001).image("sha256:2").id("2"));
    long reads = basin.facts.reads();

    basin.send(many(1_002).image("sha256:3").id("3"));

    assertThat(basin.verdicts.get(2).getFailingCount()).isEqualTo(1);
    assertThat(basin.facts.reads() - reads).isLessThan(300);
  }

  @Test
  void gateThatIsEnforcedCountsAllAndNamesSome() {
    basin.profile(
        AssetProfile.newBuilder().setAsset(Scans.IMAGE).setGateMode(GateMode.ENFORCE).build());
    basin.send(many(1_000).id("1"));

    assertThat(basin.verdicts.get(0).getFailingCount()).isEqualTo(1_000);
    assertThat(basin.verdicts.get(0).getFailing()).hasSize(100);
  }

  @Test
  void packageWithVeryManyVulnerabilitiesIsSettledInSmallSteps() {
    Observation[] many =
        IntStream.range(0, 200)
            .mapToObj(i -> npm("CVE-2020-" + (10_000 + i), "linux", "1.0.0", "1.0.1"))
            .toArray(Observation[]::new);
    trivy(many).id("1").events(Basin.NOW).forEach(basin::accept);
    int most = 0;
    while (basin.verdicts.isEmpty()) {
      int before = basin.findingRevisions.size();
      basin.sliceOnceAndCrash();
      most = Math.max(most, basin.findingRevisions.size() - before);
    }

    assertThat(basin.findingRevisions).hasSize(200);
    assertThat(most).isPositive().isLessThan(50);
  }

  private ActionItem baseline() {
    return basin.items.values().stream()
        .filter(item -> item.getKind() == ItemKind.BASELINE)
        .findFirst()
        .orElseThrow();
  }

  private static Scans.Scan many(int n) {
    return trivy(
        IntStream.range(0, n)
            .mapToObj(i -> npm("CVE-2020-" + (10_000 + i), "package-" + i, "1.0.0", "1.0.1"))
            .toArray(Observation[]::new));
  }
}
