package dev.sluice.producers.gate;

import static dev.sluice.producers.gate.Scans.ASSET;
import static dev.sluice.producers.gate.Scans.AT;
import static dev.sluice.producers.gate.Scans.fail;
import static dev.sluice.producers.gate.Scans.finding;
import static dev.sluice.producers.gate.Scans.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.AssetProfile;
import dev.sluice.events.Completeness;
import dev.sluice.events.Decision;
import dev.sluice.events.ExpectedScan;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.LineState;
import dev.sluice.events.Outcome;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.Severity;
import dev.sluice.events.SeverityCounts;
import dev.sluice.producers.gate.GateFinding.Standing;
import dev.sluice.serde.TrustedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GateTest {
  @BeforeAll
  static void trust() {
    TrustedEvents.install();
  }

  @Test
  void passesWhenEveryExpectedScanPasses() {
    GateAnswer answer = judge(expecting("trivy", "grype"), pass("1", "trivy"), pass("2", "grype"));

    assertThat(answer.outcome()).isEqualTo(Outcome.PASS);
    assertThat(answer.complete()).isTrue();
    assertThat(answer.line()).isEqualTo("5.x");
  }

  @Test
  void cannotKnowWhileOneOfTwoExpectedScansIsMissing() {
    GateAnswer answer = judge(expecting("trivy", "grype"), pass("1", "trivy"));

    assertThat(answer.outcome()).isEqualTo(Outcome.CANNOT_KNOW);
    assertThat(answer.complete()).isFalse();
    assertThat(answer.missing()).extracting(GateAnswer.Missing::scanner).containsExactly("grype");
    assertThat(answer.reason()).contains("grype: no scan of it is known");
  }

  @Test
  void cannotKnowOfWhatNobodyScanned() {
    GateAnswer answer = judge(null);

    assertThat(answer.outcome()).isEqualTo(Outcome.CANNOT_KNOW);
    assertThat(answer.complete()).isFalse();
  }

  @Test
  void failsOnWhatIsKnownHoweverLittleElseIs() {
    GateAnswer answer =
        judge(expecting("trivy", "grype"), fail("1", "trivy", finding("1"), finding("2")));

    assertThat(answer.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(answer.complete()).isFalse();
    assertThat(answer.reason())
        .startsWith("2 findings fail the gate: CVE-2026-1 in openssl, CVE-2026-2 in openssl.")
        .contains("Not everything is known: grype");
  }

  @Test
  void countsOnceWhatTwoScannersSee() {
    GateAnswer answer =
        judge(null, fail("1", "trivy", finding("1")), fail("2", "grype", finding("1")));

    assertThat(answer.failingCount()).isEqualTo(1);
    assertThat(answer.findings()).hasSize(1);
    assertThat(answer.findings().get(0).scanners()).containsExactly("grype", "trivy");
  }

  @Test
  void namesTheLowestFixingVersionOfEachOpenLine() {
    GateAnswer answer = judge(null, fail("1", "trivy", finding("1")));

    assertThat(answer.upgrades()).hasSize(1);
    assertThat(answer.upgrades().get(0).findings()).containsExactly("1");
    assertThat(answer.upgrades().get(0).lines())
        .extracting(GateAnswer.Line::line, GateAnswer.Line::fixedVersion)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("5.x", "3.0.9"));
  }

  @Test
  void cannotKnowOfSuspiciousFailedAbandonedAndIncompleteScans() {
    for (Completeness state :
        List.of(
            Completeness.SUSPICIOUS,
            Completeness.FAILED,
            Completeness.ABANDONED,
            Completeness.INCOMPLETE)) {
      GateAnswer answer =
          judge(
              null,
              pass("1", "trivy"),
              pass("2", "grype").setCompleteness(state).setOutcome(Outcome.CANNOT_KNOW));

      assertThat(answer.outcome()).as(state.name()).isEqualTo(Outcome.CANNOT_KNOW);
      assertThat(answer.unknown()).as(state.name()).hasSize(1);
      assertThat(answer.complete()).as("waiting does not help").isTrue();
    }
  }

  @Test
  void cannotKnowAnOutcomeOfALaterVersion() {
    GateAnswer answer = judge(null, pass("1", "trivy").setOutcome(Outcome.UNKNOWN));

    assertThat(answer.outcome()).isEqualTo(Outcome.CANNOT_KNOW);
  }

  @Test
  void takesTheNewestScanOfASeries() {
    ScanVerdict.Builder old = fail("1", "trivy", finding("1"));
    ScanVerdict.Builder later = pass("2", "trivy").setScanTime(AT.plusSeconds(60));

    assertThat(judge(null, old, later).outcome()).isEqualTo(Outcome.PASS);
    assertThat(judge(null, later, old).outcome()).isEqualTo(Outcome.PASS);
  }

  @Test
  void letsNoScanOfAProposalReplaceThatOfAHead() {
    GateAnswer answer =
        judge(
            null,
            fail("1", "trivy", finding("1")),
            pass("2", "trivy").setPurpose(ScanPurpose.PROPOSAL).setScanTime(AT.plusSeconds(60)));

    assertThat(answer.outcome()).isEqualTo(Outcome.FAIL);
  }

  @Test
  void forgetsAFailedScanOnceALaterOneOfItsScannerIsGood() {
    ScanVerdict.Builder failed =
        pass("1", "trivy")
            .setSeries("trivy|?")
            .setCompleteness(Completeness.FAILED)
            .setOutcome(Outcome.CANNOT_KNOW);

    assertThat(judge(null, failed, pass("2", "trivy").setDecidedAt(AT.plusSeconds(9))).outcome())
        .isEqualTo(Outcome.PASS);
    assertThat(judge(null, failed, pass("2", "trivy").setDecidedAt(AT.minusSeconds(9))).outcome())
        .isEqualTo(Outcome.CANNOT_KNOW);
  }

  @Test
  void ignoresOtherVersionsAssetsUnitsAndStatements() {
    GateAnswer answer =
        judge(
            null,
            pass("1", "trivy"),
            fail("2", "trivy", finding("1")).setVersion("5.2.0"),
            fail("3", "trivy", finding("1")).setAsset("ghcr.io/acme/ledger"),
            fail("4", "dependabot", finding("1")).setPurpose(ScanPurpose.STATEMENT));

    assertThat(answer.scans()).extracting(GateAnswer.Scan::scanId).containsExactly("1");
    GateQuestion unit =
        GateQuestion.about(
            ASSET, "services/pay", "5.2.1", null, null, null, null, null, null, null, false);
    assertThat(new Gate(unit, null).scans(List.of(pass("1", "trivy").build()))).isEmpty();
  }

  @Test
  void knowsAVersionByItsDigestToo() {
    GateAnswer answer =
        judge(
            null,
            pass("1", "trivy").setDigest("sha256:aa"),
            fail("2", "grype", finding("1")).setVersion("latest").setDigest("sha256:aa"));

    assertThat(answer.outcome()).isEqualTo(Outcome.FAIL);
  }

  @Test
  void findsACommitByItsBeginning() {
    GateQuestion question =
        GateQuestion.about(ASSET, null, null, "3F2A9C1", null, null, null, null, null, null, false);
    ScanVerdict scan = pass("1", "trivy").setCommit("3f2a9c1d00").build();

    assertThat(new Gate(question, null).scans(List.of(scan))).hasSize(1);
  }

  @Test
  void waitsForAScanThatIsUnderWayThoughAnOlderOneIsThere() {
    Gate.Pending pending =
        new Gate.Pending(
            "9", "trivy", ASSET, null, "5.2.1", null, null, null, null, ScanPurpose.HEAD);

    GateAnswer answer =
        new Gate(question(), null)
            .judge(List.of(pass("1", "trivy").build()), List.of(pending), List.of());

    assertThat(answer.complete()).isFalse();
    assertThat(answer.outcome()).isEqualTo(Outcome.CANNOT_KNOW);
  }

  @Test
  void expectsAScopeWhereTheAssetNamesOne() {
    AssetProfile profile = expecting("trivy");
    profile.getExpected().get(0).setScope("nightly-full");

    assertThat(judge(profile, pass("1", "trivy")).complete()).isFalse();
    assertThat(judge(profile, pass("1", "trivy").setScope("nightly-full")).complete()).isTrue();
  }

  @Test
  void doesNotWaitForARetiredScanner() {
    AssetProfile profile = expecting("trivy", "snyk");
    profile.setRetiredScanners(List.of("snyk"));

    assertThat(judge(profile, pass("1", "trivy")).outcome()).isEqualTo(Outcome.PASS);
  }

  @Test
  void failOnTightensAndNeverLoosens() {
    SeverityCounts counts = SeverityCounts.newBuilder().setHigh(2).setCritical(1).build();
    ScanVerdict scan = pass("1", "trivy").setBySeverity(counts).build();

    assertThat(failOn(Severity.HIGH, false, scan).outcome()).isEqualTo(Outcome.FAIL);
    assertThat(failOn(Severity.HIGH, false, scan).failOn().byScanner()).containsEntry("trivy", 3L);
    assertThat(failOn(Severity.CRITICAL, false, scan).failOn().byScanner())
        .containsEntry("trivy", 1L);
    assertThat(failOn(Severity.HIGH, true, scan).outcome()).isEqualTo(Outcome.PASS);
    assertThat(failOn(Severity.CRITICAL, true, fail("2", "trivy", finding("1")).build()).outcome())
        .isEqualTo(Outcome.FAIL);
  }

  @Test
  void newOnlyAsksOfWhatTheVersionBrought() {
    ScanVerdict scan =
        pass("1", "trivy")
            .setBySeverity(SeverityCounts.newBuilder().setHigh(9).build())
            .setNewActionable(SeverityCounts.newBuilder().setHigh(1).build())
            .build();

    assertThat(failOn(Severity.HIGH, true, scan).reason())
        .isEqualTo("trivy: 1 new finding is high or worse (fail-on).");
  }

  @Test
  void passesOnceAPersonHasAcceptedWhatFailed() {
    ScanVerdict scan = fail("1", "trivy", finding("1")).build();

    assertThat(standing(scan, "risk-1", AT.plusSeconds(1)).outcome()).isEqualTo(Outcome.PASS);
    assertThat(standing(scan, "risk-1", AT.plusSeconds(1)).failingCount()).isZero();
    assertThat(standing(scan, "risk-1", AT.minusSeconds(1)).outcome())
        .as("the scan knew of that")
        .isEqualTo(Outcome.FAIL);
    assertThat(standing(scan, null, AT.plusSeconds(1)).outcome())
        .as("no person said so")
        .isEqualTo(Outcome.FAIL);
  }

  @Test
  void doesNotPassASuspiciousScanBecauseItsFindingIsAccepted() {
    ScanVerdict scan =
        fail("1", "trivy", finding("1")).setCompleteness(Completeness.SUSPICIOUS).build();

    assertThat(standing(scan, "risk-1", AT.plusSeconds(1)).outcome())
        .isEqualTo(Outcome.CANNOT_KNOW);
  }

  @Test
  void staysFailedWhereNotEveryFailingFindingIsNamed() {
    ScanVerdict scan = fail("1", "trivy", finding("1")).setFailingCount(300).build();

    GateAnswer answer = standing(scan, "risk-1", AT.plusSeconds(1));

    assertThat(answer.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(answer.failingCount()).isEqualTo(299);
  }

  @Test
  void failsByAVerdictThatNamesNothing() {
    ScanVerdict scan = fail("1", "trivy").setFailingCount(3).setActionable(3).build();

    GateAnswer answer = judge(null, ScanVerdict.newBuilder(scan));

    assertThat(answer.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(answer.failingCount()).isEqualTo(3);
    assertThat(answer.findingsLeftOut()).isEqualTo(3);
  }

  @Test
  void judgesExactlyTheScansThatAreNamed() {
    GateQuestion question = GateQuestion.ofScans(ASSET, Set.of("1", "2"), null, false);

    GateAnswer answer =
        new Gate(question, expecting("snyk"))
            .judge(
                List.of(pass("1", "trivy").build(), fail("3", "grype", finding("1")).build()),
                List.of(),
                List.of());

    assertThat(answer.outcome()).isEqualTo(Outcome.CANNOT_KNOW);
    assertThat(answer.missing()).extracting(GateAnswer.Missing::scanId).containsExactly("2");
  }

  @Test
  void refusesAQuestionAboutNothing() {
    assertThatThrownBy(
            () ->
                GateQuestion.about(
                    ASSET, null, null, null, null, null, null, null, null, null, false))
        .hasMessageContaining("version is missing");
    assertThatThrownBy(
            () ->
                GateQuestion.about(" ", null, "1", null, null, null, null, null, null, null, false))
        .hasMessageContaining("asset is missing");
  }

  @Test
  void takesTheTagOfAnImageForItsVersion() {
    GateQuestion question =
        GateQuestion.about(
            "nginx:1.19", null, null, null, null, null, null, null, null, null, false);

    assertThat(question.asset()).isEqualTo("docker.io/library/nginx");
    assertThat(question.version()).isEqualTo("1.19");
  }

  @Test
  void readsAVerdictBackFromItsJsonAndFromTheReadModels() throws Exception {
    ScanVerdict verdict = fail("1", "trivy", finding("1")).build();
    var json = new com.fasterxml.jackson.databind.ObjectMapper().readTree(EventJson.of(verdict));

    assertThat(EventJson.read(json, new ScanVerdict())).isEqualTo(verdict);
    var lower =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree("{\"scanId\":\"1\",\"outcome\":\"cannot_know\",\"purpose\":\"brand-new\"}");
    ScanVerdict read = EventJson.read(lower, new ScanVerdict());
    assertThat(read.getOutcome()).isEqualTo(Outcome.CANNOT_KNOW);
    assertThat(read.getPurpose()).isEqualTo(ScanPurpose.UNKNOWN);
    assertThat(read.getNamed()).isEmpty();
  }

  private static GateQuestion question() {
    return GateQuestion.about(
        ASSET, null, "5.2.1", null, null, null, null, null, null, null, false);
  }

  private static GateAnswer judge(AssetProfile profile, ScanVerdict.Builder... scans) {
    List<ScanVerdict> verdicts = Arrays.stream(scans).map(ScanVerdict.Builder::build).toList();
    return new Gate(question(), profile).judge(verdicts, List.of(), List.of());
  }

  private static GateAnswer failOn(Severity severity, boolean newOnly, ScanVerdict scan) {
    GateQuestion question =
        GateQuestion.about(
            ASSET, null, "5.2.1", null, null, null, null, null, null, severity, newOnly);
    return new Gate(question, null).judge(List.of(scan), List.of(), List.of());
  }

  private static GateAnswer standing(ScanVerdict scan, String suppression, Instant at) {
    Finding finding =
        Finding.newBuilder()
            .setId("1")
            .setAsset(ASSET)
            .setKind(dev.sluice.events.FindingKind.VULNERABLE_PACKAGE)
            .setVulnerability("CVE-2026-1")
            .setStatus(FindingStatus.ACCEPTED)
            .setDecision(
                Decision.newBuilder()
                    .setReason("accepted-risk")
                    .setSuppression(suppression)
                    .build())
            .setLines(
                List.of(
                    LineState.newBuilder()
                        .setLine("5.x")
                        .setHeadVersion("5.2.1")
                        .setPresent(true)
                        .build()))
            .setScanners(List.of("trivy"))
            .setUpdatedAt(at)
            .build();
    return new Gate(question(), null)
        .judge(List.of(scan), List.of(), List.of(Standing.of(finding, List.of(scan))));
  }

  private static AssetProfile expecting(String... scanners) {
    return AssetProfile.newBuilder()
        .setAsset(ASSET)
        .setExpected(
            Arrays.stream(scanners)
                .map(
                    scanner ->
                        ExpectedScan.newBuilder()
                            .setScanner(scanner)
                            .setCadenceHours((int) Duration.ofDays(1).toHours())
                            .build())
                .toList())
        .build();
  }
}
