package dev.sluice.streams.topology;

import static dev.sluice.streams.Scans.IMAGE;
import static dev.sluice.streams.Scans.deleted;
import static dev.sluice.streams.Scans.ended;
import static dev.sluice.streams.Scans.grype;
import static dev.sluice.streams.Scans.npm;
import static dev.sluice.streams.Scans.secret;
import static dev.sluice.streams.Scans.trivy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.AssetProfile;
import dev.sluice.events.Completeness;
import dev.sluice.events.ExpectedScan;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.LineEnd;
import dev.sluice.events.Observation;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanVerdict;
import dev.sluice.streams.Scans;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines, scanners and assets that are no longer there keep nothing open. */
class RetiringTest {
  private static final String CVE = "CVE-2019-10744";

  private final River river = new River();

  @AfterEach
  void close() {
    river.close();
  }

  private static Observation lodash() {
    return npm(CVE, "lodash", "4.17.11", "4.17.12");
  }

  private void tell(ScanEvent event) {
    river.send(event);
    river.pass(Duration.ofSeconds(1));
  }

  private static AssetProfile.Builder profile() {
    return AssetProfile.newBuilder().setAsset(IMAGE);
  }

  private static AssetProfile expecting(String... scanners) {
    return profile()
        .setExpected(
            Stream.of(scanners)
                .map(s -> ExpectedScan.newBuilder().setScanner(s).setCadenceHours(1_000).build())
                .toList())
        .build();
  }

  private FindingStatus status() {
    return river.finding(CVE).getStatus();
  }

  @Test
  void lineOfADeletedBranchEndsAndWhatIsSeenNowhereElseIsResolvedWithTheReason() {
    Observation shared = npm("CVE-2015-9235", "jsonwebtoken", "0.4.0", "4.2.2");
    river.send(trivy(shared).branch("main"));
    river.send(trivy(lodash(), shared).branch("release-4"));
    river.events();

    tell(deleted("refs/heads/release-4"));

    assertThat(status()).isEqualTo(FindingStatus.RESOLVED);
    assertThat(river.finding(CVE).getResolution()).isEqualTo("line-ended");
    assertThat(river.finding("CVE-2015-9235").getStatus()).isEqualTo(FindingStatus.OPEN);
    assertThat(river.finding("CVE-2015-9235").getLines())
        .filteredOn(line -> line.getLine().equals("release-4"))
        .allMatch(line -> !line.getPresent());
    assertThat(river.items().values())
        .filteredOn(item -> item.getStatus() == ItemStatus.RESOLVED)
        .extracting(dev.sluice.events.ActionItem::getStatusReason)
        .containsExactly("The release line that had it has ended.");
  }

  @Test
  void lineThatIsScannedAgainReopens() {
    river.send(trivy(lodash()).branch("release-4"));
    tell(deleted("release-4"));
    river.events();

    river.send(trivy(lodash()).branch("release-4"));

    assertThat(status()).isEqualTo(FindingStatus.OPEN);
    assertThat(river.happened()).containsExactly("REOPENED lodash");
  }

  @Test
  void baseLineNeverEnds() {
    river.profile(profile().setBaseLine("main").build());
    river.send(trivy(lodash()).branch("main"));

    tell(deleted("main"));

    assertThat(status()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void proposalThatEndsLeavesALineOfItsNameAlone() {
    river.send(trivy(lodash()).branch("main"));

    tell(ended("main", LineEnd.PROPOSAL_MERGED));

    assertThat(status()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void proposalThatIsStillArrivingWhenItEndsIsDroppedWithAVerdict() {
    List<ScanEvent> events = trivy(lodash()).branch("topic").proposal().events(river.now());
    river.send(events.get(0));
    river.send(events.get(1));

    tell(ended("topic", LineEnd.PROPOSAL_CLOSED));

    assertThat(river.verdicts())
        .extracting(ScanVerdict::getCompleteness)
        .containsExactly(Completeness.FAILED);
    assertThat(river.findings()).isEmpty();
  }

  @Test
  void retiredAssetWithdrawsItsItemsAndOneThatComesBackReopensThem() {
    river.send(trivy(lodash()));
    river.events();

    river.profile(profile().setRetired(true).build());
    assertThat(river.happened()).containsExactly("WITHDRAWN lodash");
    assertThat(river.finding(CVE).getResolution()).isEqualTo("asset-retired");
    assertThat(river.items().values().iterator().next().getStatusReason())
        .isEqualTo("The asset is retired.");

    river.profile(profile().build());
    assertThat(river.happened()).containsExactly("REOPENED lodash");
    assertThat(river.finding(CVE).getResolution()).isNull();
  }

  @Test
  void scannerThatIsNoLongerExpectedHoldsNothingOpenUntilItScansAgain() {
    river.profile(expecting("trivy", "grype"));
    river.send(trivy(lodash()));
    river.send(grype(npm("CVE-2015-9235", "jsonwebtoken", "0.4.0", "4.2.2")));

    river.profile(expecting("grype"));
    assertThat(status()).isEqualTo(FindingStatus.RESOLVED);
    assertThat(river.finding(CVE).getResolution()).isEqualTo("scanner-retired");
    assertThat(river.finding("CVE-2015-9235").getStatus()).isEqualTo(FindingStatus.OPEN);

    river.send(trivy(lodash()));
    assertThat(status()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void listThatIsEmptiedRetiresNobody() {
    river.profile(expecting("trivy"));
    river.send(trivy(lodash()));

    river.profile(profile().build());

    assertThat(status()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void scannerThatIsRetiredByNameHoldsNothingOpenAsLongAsItIs() {
    river.send(trivy(lodash()));
    river.profile(profile().setRetiredScanners(List.of("trivy")).build());
    assertThat(status()).isEqualTo(FindingStatus.RESOLVED);

    river.send(trivy(lodash()).version("5.2.2"));
    assertThat(status()).isEqualTo(FindingStatus.RESOLVED);

    river.profile(profile().build());
    assertThat(status()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void anotherScannerStillHoldsOpenWhatARetiredOneClaimed() {
    river.send(trivy(lodash()));
    river.send(grype(lodash()));

    river.profile(profile().setRetiredScanners(List.of("trivy")).build());

    assertThat(status()).isEqualTo(FindingStatus.OPEN);
    assertThat(river.finding(CVE).getScanners()).containsExactly("grype");
  }

  @Test
  void secretOfALineThatEndedStillOpensSomething() {
    river.send(new Scans.Scan("gitleaks", List.of(secret("aws-key", "h1"))).branch("topic"));

    tell(deleted("topic"));

    assertThat(river.finding("aws-key").getStatus()).isEqualTo(FindingStatus.OPEN);
  }
}
