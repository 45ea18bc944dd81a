package dev.sluice.streams.engine;

import static dev.sluice.streams.Scans.code;
import static dev.sluice.streams.Scans.codeql;
import static dev.sluice.streams.Scans.grype;
import static dev.sluice.streams.Scans.npm;
import static dev.sluice.streams.Scans.trivy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.DisclosureStep;
import dev.sluice.events.Observation;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.Severity;
import dev.sluice.streams.Scans;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EngineTest {
  private static List<Scans.Scan> story() {
    Observation[] many =
        IntStream.range(0, 80)
            .mapToObj(i -> npm("CVE-2020-" + (1000 + i), "package-" + i % 25, "1.0.0", "1.0." + i))
            .toArray(Observation[]::new);
    List<Observation> fewer = List.of(many).subList(2, 80);
    return List.of(
        trivy(many).id("a"),
        grype(npm("GHSA-aaaa-bbbb-cccc", "package-3", "1.0.0", "1.0.3", "CVE-2020-1003")).id("b"),
        codeql(code("go/x", "main.go", 1, "h1"), code("go/x", "main.go", 9, "h1")).id("c"),
        trivy(fewer.toArray(Observation[]::new)).id("d"),
        codeql(code("go/x", "main.go", 4, "h1")).id("f"),
        new Scans.Scan("osv-scanner", List.of(npm("CVE-2022-1", "package-4", "9.0.0", "9.0.1")))
            .id("g")
            .version("5.2.2")
            .at(Basin.NOW.plusSeconds(1)));
  }

  @Test
  void crashBehindEverySliceGivesTheSameEvents() {
    Basin calm = new Basin();
    Basin broken = new Basin(true);
    List<Scans.Scan> story = story();
    story.forEach(calm::send);
    story.forEach(broken::send);

    assertThat(broken.events)
        .extracting(ActionEvent::getId)
        .containsExactlyElementsOf(calm.events.stream().map(ActionEvent::getId).toList());
    assertThat(broken.picture()).isEqualTo(calm.picture());
    assertThat(broken.verdicts).isEqualTo(calm.verdicts);
    assertThat(broken.staging.size()).isEqualTo(calm.staging.size()).isZero();
  }

  @Test
  void crashWithinAPackageOfManyFindingsGivesTheSame() {
    Observation[] cves =
        IntStream.range(0, 90)
            .mapToObj(i -> npm("CVE-2020-" + (1000 + i), "linux", "1.0.0", "1.0.1"))
            .toArray(Observation[]::new);
    Observation[] renamed =
        IntStream.range(0, 90)
            .mapToObj(
                i ->
                    npm(
                        "GHSA-aaaa-bbbb-" + (1000 + i),
                        "linux",
                        "1.0.0",
                        "1.0.1",
                        i % 3 == 0
                            ? new String[] {"CVE-2020-" + (1000 + i), "CVE-2020-" + (1001 + i)}
                            : new String[] {"CVE-2020-" + (1000 + i)}))
            .toArray(Observation[]::new);
    Basin calm = new Basin();
    Basin broken = new Basin(true);
    List<Scans.Scan> scans =
        List.of(
            grype(renamed).id("a"),
            trivy(cves).id("b"),
            trivy(List.of(cves).subList(0, 85).toArray(Observation[]::new)).id("c"));
    scans.forEach(calm::send);
    scans.forEach(broken::send);

    assertThat(broken.picture()).isEqualTo(calm.picture());
    assertThat(broken.events)
        .extracting(ActionEvent::getId)
        .containsExactlyElementsOf(calm.events.stream().map(ActionEvent::getId).toList());
    assertThat(broken.verdicts).isEqualTo(calm.verdicts);
  }

  @Test
  void crashWhileALineEndsOrAScanIsConfirmedGivesTheSameEvents() {
    Basin calm = new Basin();
    Basin broken = new Basin(true);
    Scans.Scan many = story().get(0);
    Scans.Scan blind = trivy(npm("CVE-2020-1003", "package-3", "1.0.0", "1.0.3")).id("blind");
    Scans.Scan topic = codeql(code("go/x", "main.go", 1, "h1")).branch("topic").id("topic");
    for (Basin basin : List.of(calm, broken)) {
      basin.send(many);
      basin.send(blind);
      basin.send(topic);
      basin.accept(Scans.confirmed("blind", "alex", "removed"));
      basin.accept(Scans.deleted("topic"));
      basin.settle();
    }

    assertThat(broken.events)
        .extracting(ActionEvent::getId)
        .containsExactlyElementsOf(calm.events.stream().map(ActionEvent::getId).toList());
    assertThat(broken.picture()).isEqualTo(calm.picture());
    assertThat(broken.verdicts).isEqualTo(calm.verdicts).hasSize(4);
    assertThat(calm.findings.values())
        .filteredOn(f -> f.getStatus() != dev.sluice.events.FindingStatus.RESOLVED)
        .hasSize(1);
  }

  @Test
  void crashWhileAReportIsDisclosedPublishesItOnce() {
    Basin calm = new Basin();
    Basin broken = new Basin(true);
    Scans.Scan report =
        new Scans.Scan("report", List.of(Scans.reported("R-7", Severity.HIGH, Basin.NOW)))
            .purpose(ScanPurpose.STATEMENT)
            .id("report");
    for (Basin basin : List.of(calm, broken)) {
      basin.embargo();
      basin.send(report);
      String finding = basin.findings.keySet().iterator().next();
      basin.accept(Scans.step(finding, DisclosureStep.DISCLOSED, Basin.NOW));
      basin.settle();
    }

    assertThat(calm.disclosed).hasSize(3);
    assertThat(broken.disclosed).isEqualTo(calm.disclosed);
    assertThat(broken.events).isEqualTo(calm.events).hasSize(2);
  }

  @Test
  void crashWithinAProposalStartsItOver() {
    Basin calm = new Basin();
    Basin broken = new Basin();
    Scans.Scan proposal = story().get(0).version("pr-1").proposal();
    calm.send(proposal);
    proposal.events(Basin.NOW).forEach(broken::accept);
    broken.sliceOnceAndCrash();
    broken.settle();

    assertThat(broken.verdicts).isEqualTo(calm.verdicts).hasSize(1);
    assertThat(broken.findings).isEmpty();
    assertThat(broken.staging.size()).isZero();
  }

  @Test
  void interleavedScansOfOneAssetGiveWhatOneAfterTheOtherGives() {
    Basin apart = new Basin();
    Basin mixed = new Basin();
    List<Scans.Scan> scans = story().subList(0, 3);
    scans.forEach(apart::send);
    List<List<ScanEvent>> waiting = new ArrayList<>();
    scans.forEach(scan -> waiting.add(new ArrayList<>(scan.events(Basin.NOW))));
    while (waiting.stream().anyMatch(events -> !events.isEmpty())) {
      waiting.stream().filter(e -> !e.isEmpty()).forEach(e -> mixed.accept(e.remove(0)));
    }
    mixed.settle();

    assertThat(mixed.findings.keySet()).isEqualTo(apart.findings.keySet());
  }

  @Test
  void twoScansOfOneSeriesAtOnceAreBothAppliedWhole() {
    Basin basin = new Basin();
    Observation jwt = npm("CVE-2015-9235", "jsonwebtoken", "0.4.0", "4.2.2");
    Observation lodash = npm("CVE-2019-10744", "lodash", "4.17.11", "4.17.12");
    basin.send(trivy(jwt, lodash));
    List<ScanEvent> one = trivy(jwt).events(Basin.NOW);
    List<ScanEvent> two = trivy(jwt, lodash).events(Basin.NOW.plusSeconds(1));
    for (int i = 0; i < two.size(); i++) {
      if (i < one.size()) {
        basin.accept(one.get(i));
      }
      basin.accept(two.get(i));
    }
    basin.settle();

    assertThat(basin.findings.values())
        .extracting(f -> f.getVulnerability() + " " + f.getStatus())
        .containsExactlyInAnyOrder("CVE-2015-9235 OPEN", "CVE-2019-10744 OPEN");
  }

  @Test
  void repeatWritesNothingButItsOwnProgress() {
    Basin basin = new Basin();
    Observation[] many =
        IntStream.range(0, 5_000)
            .mapToObj(i -> npm("CVE-2020-" + (1000 + i), "package-" + i % 50, "1.0.0", "1.0." + i))
            .toArray(Observation[]::new);
    basin.send(trivy(many));
    long seen = basin.seen.writes();
    long facts = basin.facts.writes();
    int revisions = basin.findingRevisions.size();

    basin.send(trivy(many));

    assertThat(basin.seen.writes()).isEqualTo(seen);
    // The asset's job counter, the series and the line: not one write of these is per observation.
    assertThat(basin.facts.writes() - facts).isLessThan(10);
    assertThat(basin.findingRevisions).hasSize(revisions);
  }

  @Test
  void idThatTurnsOutToBeAnAliasOfTwoJoinsNeitherWhateverCameFirst() {
    Scans.Scan one =
        new Scans.Scan("one", List.of(npm("SNYK-1", "p", "1.0.0", "1.0.1", "CVE-2020-1001")))
            .id("1");
    Scans.Scan two =
        new Scans.Scan("two", List.of(npm("CVE-2020-1002", "p", "1.0.0", "1.0.1", "SNYK-1")))
            .id("2");
    Basin first = new Basin();
    first.send(one);
    first.send(two);
    Basin second = new Basin();
    second.send(two);
    second.send(one);

    assertThat(second.picture()).isEqualTo(first.picture());
  }
}
