package dev.sluice.streams.topology;

import static dev.sluice.streams.Scans.grype;
import static dev.sluice.streams.Scans.npm;
import static dev.sluice.streams.Scans.secret;
import static dev.sluice.streams.Scans.trivy;
import static dev.sluice.streams.Scans.vulnerable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.Observation;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScannerState;
import dev.sluice.events.SecretValidity;
import dev.sluice.events.Severity;
import dev.sluice.streams.Scans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What resolves a finding besides its own scanners, and what does not. */
class ResolvingTest {
  private static final Instant FIRST = River.START.minus(Duration.ofDays(3));
  private static final Instant LATER = River.START.minus(Duration.ofDays(2));
  private static final Instant LAST = River.START.minus(Duration.ofDays(1));
  private static final String CVE = "CVE-2019-10744";

  private final River river = new River();

  @AfterEach
  void close() {
    river.close();
  }

  private static Observation old() {
    return npm(CVE, "lodash", "4.17.11", "4.17.12");
  }

  /** The same package, upgraded, with another problem. */
  private static Observation upgraded() {
    return npm("CVE-2021-23337", "lodash", "4.17.15", "4.17.21");
  }

  private Finding lodash() {
    return river.finding(CVE);
  }

  @Test
  void newerScanByAnotherScannerThatShowsAFixedVersionResolves() {
    river.send(trivy(old()).at(FIRST));
    river.send(grype(upgraded()).version("5.2.2").at(LATER));

    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.RESOLVED);
    assertThat(lodash().getResolution()).isEqualTo("fixed-version");
    assertThat(lodash().getDecision().getExplanation()).contains("at a fixed version");
  }

  @Test
  void arrivingInTheOtherOrderGivesTheSame() {
    river.send(grype(upgraded()).version("5.2.2").at(LATER));
    river.send(trivy(old()).at(FIRST));

    assertThat(river.findings().values())
        .filteredOn(f -> f.getVulnerability().equals(CVE))
        .allMatch(f -> f.getStatus() == FindingStatus.RESOLVED);
  }

  @Test
  void olderScanThatShowsAFixedVersionResolvesNothing() {
    river.send(grype(upgraded()).at(FIRST));
    river.send(trivy(old()).version("5.2.2").at(LATER));
    river.send(grype(upgraded()).version("5.2.3").at(LAST));

    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void reopensWhenItsOwnScannerStillShowsIt() {
    river.send(trivy(old()).at(FIRST));
    river.send(grype(upgraded()).version("5.2.2").at(LATER));
    river.events();

    river.send(trivy(old()).version("5.2.3").at(LAST));

    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);
    assertThat(lodash().getEpisode()).isEqualTo(2);
  }

  @Test
  void versionThatDoesNotFixResolvesNothing() {
    river.send(trivy(old()).at(FIRST));
    river.send(grype(npm("CVE-2018-1", "lodash", "4.17.10", "4.17.11")).version("5.2.2").at(LATER));

    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void copyThatIsStillOldHoldsItOpenUntilItIsGone() {
    Observation older = npm("CVE-2018-1", "lodash", "4.17.10", "4.17.11");
    river.send(trivy(old()).at(FIRST));
    river.send(grype(upgraded(), older).version("5.2.2").at(LATER));
    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);

    river.send(grype(upgraded()).version("5.2.3").at(LAST));

    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.RESOLVED);
  }

  @Test
  void fixedCopyAtAnotherPlaceSaysNothingOfThisOne() {
    Observation elsewhere = upgraded();
    elsewhere.getComponent().setPlaces(new ArrayList<>(List.of("tools/package-lock.json")));
    river.send(trivy(old()).at(FIRST));
    river.send(grype(elsewhere).version("5.2.2").at(LATER));

    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void fixedVersionOnAnotherLineSaysNothingOfThisOne() {
    river.send(trivy(old()).branch("main").at(FIRST));
    river.send(grype(upgraded()).branch("next").at(LATER));

    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void scannersThatReadTheSameBuildDifferentlyDisagreeAndResolveNothing() {
    river.send(trivy(old()).image("sha256:1").at(FIRST));
    river.send(grype(upgraded()).version("5.2.2").image("sha256:1").at(LATER));

    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void distributionPackageIsUpgradedWhereverItsScannersPutIt() {
    Observation before =
        vulnerable(
            "CVE-2022-0778",
            "pkg:deb/debian/openssl",
            "openssl",
            "1.1.1d-0+deb10u7",
            "1.1.1d-0+deb10u8",
            Severity.HIGH);
    Observation after =
        vulnerable(
            "CVE-2022-1292",
            "pkg:deb/debian/openssl",
            "openssl",
            "1.1.1n-0+deb10u1",
            "1.1.1n-0+deb10u2",
            Severity.HIGH);
    after.getComponent().setPlaces(new ArrayList<>(List.of("var/lib/dpkg/status")));
    river.send(trivy(before).at(FIRST));
    river.send(grype(after).version("5.2.2").at(LATER));

    assertThat(river.finding("CVE-2022-0778").getStatus()).isEqualTo(FindingStatus.RESOLVED);
    assertThat(river.finding("CVE-2022-1292").getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void suspiciousScanThatShowsAFixedVersionResolvesNothingUntilASecondOneConfirmsIt() {
    List<Observation> many =
        IntStream.range(0, 12)
            .mapToObj(i -> npm("CVE-2020-" + (1000 + i), "package-" + i, "1.0.0", "2.0.0"))
            .toList();
    river.send(new Scans.Scan("grype", many).at(FIRST));
    river.send(trivy(old()).at(FIRST.plusSeconds(1)));
    river.send(grype(upgraded()).version("5.2.2").at(LATER));
    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);

    river.send(grype(upgraded(), npm("CVE-2020-7", "other", "1", "2")).version("5.2.3").at(LAST));

    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.RESOLVED);
  }

  @Test
  void statementThatItIsFixedResolvesWhatAScannerClaimedBeforeAndNotWhatItSeesLater() {
    Observation fixed = old();
    fixed.setScannerState(ScannerState.FIXED);
    river.send(trivy(old()).at(FIRST));
    river.send(
        new Scans.Scan("dependabot", List.of(fixed))
            .purpose(ScanPurpose.STATEMENT)
            .version("5.2.2")
            .at(LATER));
    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.RESOLVED);
    assertThat(lodash().getResolution()).isEqualTo("source-says-fixed");

    river.send(trivy(old()).version("5.2.3").at(LAST));

    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void statementSpeaksOnlyOfTheAlertThatItNames() {
    Observation jwt = npm("CVE-2015-9235", "jsonwebtoken", "0.4.0", "4.2.2");
    Observation fixed = old();
    fixed.setScannerState(ScannerState.FIXED);
    river.send(trivy(old(), jwt).at(FIRST));
    river.send(
        new Scans.Scan("dependabot", List.of(fixed))
            .purpose(ScanPurpose.STATEMENT)
            .version("5.2.2")
            .at(LATER));

    assertThat(river.finding("CVE-2015-9235").getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void secretThatNobodySeesAnyMoreStaysOpenUntilItsRevocationIsRecorded() {
    river.send(new Scans.Scan("gitleaks", List.of(secret("aws-key", "h1"))).at(FIRST));
    river.send(new Scans.Scan("gitleaks", List.of()).version("5.2.2").at(LATER));
    assertThat(river.finding("aws-key").getStatus()).isEqualTo(FindingStatus.OPEN);
    assertThat(river.finding("aws-key").getDecision().getExplanation())
        .contains("until its revocation is recorded");
    river.events();

    Observation revoked = secret("aws-key", "h1");
    revoked.getSecret().setValidity(SecretValidity.REVOKED);
    river.send(
        new Scans.Scan("security-team", List.of(revoked))
            .purpose(ScanPurpose.STATEMENT)
            .version("5.2.3")
            .at(LAST));

    assertThat(river.finding("aws-key").getStatus()).isEqualTo(FindingStatus.RESOLVED);
    assertThat(river.finding("aws-key").getResolution()).isEqualTo("revoked");
    assertThat(river.happened()).hasSize(1).allMatch(event -> event.startsWith("RESOLVED"));
  }

  @Test
  void alertOnASecretThatIsClosedIsARevocationAlsoWhereTheSecretIsStillInTheCode() {
    Observation closed = secret("aws-key", "h1");
    closed.setScannerState(ScannerState.FIXED);
    river.send(new Scans.Scan("gitleaks", List.of(secret("aws-key", "h1"))).at(FIRST));
    river.send(
        new Scans.Scan("github", List.of(closed))
            .purpose(ScanPurpose.STATEMENT)
            .version("5.2.2")
            .at(LATER));
    assertThat(river.finding("aws-key").getStatus()).isEqualTo(FindingStatus.RESOLVED);

    river.send(
        new Scans.Scan("gitleaks", List.of(secret("aws-key", "h1"))).version("5.2.3").at(LAST));

    assertThat(river.finding("aws-key").getStatus()).isEqualTo(FindingStatus.RESOLVED);
  }

  @Test
  void secretThatSomebodyTriesLaterAndThatStillOpensSomethingReopens() {
    Observation revoked = secret("aws-key", "h1");
    revoked.getSecret().setValidity(SecretValidity.REVOKED);
    Observation live = secret("aws-key", "h1");
    live.getSecret().setValidity(SecretValidity.LIVE);
    Scans.Scan tried = new Scans.Scan("trufflehog", List.of(live)).at(FIRST);
    river.send(tried);
    river.send(
        new Scans.Scan("github", List.of(revoked))
            .purpose(ScanPurpose.STATEMENT)
            .version("5.2.2")
            .at(LATER));
    assertThat(river.finding("aws-key").getStatus()).isEqualTo(FindingStatus.RESOLVED);

    river.send(new Scans.Scan("trufflehog", List.of(live)).version("5.2.3").at(LAST));

    assertThat(river.finding("aws-key").getStatus()).isEqualTo(FindingStatus.OPEN);
    assertThat(river.finding("aws-key").getSecretValidity()).isEqualTo(SecretValidity.LIVE);
  }

  @Test
  void proposalThatShowsAFixedVersionLeavesNothingBehind() {
    river.send(trivy(old()).at(FIRST));
    river.events();
    river.send(grype(upgraded()).proposal().version("5.2.2").at(LATER));

    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);
    assertThat(river.events()).isEmpty();
    assertThat(Stream.of(river.findings()).map(java.util.Map::size)).containsExactly(1);
  }
}
