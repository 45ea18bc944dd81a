package dev.sluice.streams.topology;

import static dev.sluice.streams.Scans.IMAGE;
import static dev.sluice.streams.Scans.code;
import static dev.sluice.streams.Scans.codeql;
import static dev.sluice.streams.Scans.grype;
import static dev.sluice.streams.Scans.npm;
import static dev.sluice.streams.Scans.secret;
import static dev.sluice.streams.Scans.trivy;
import static dev.sluice.streams.Scans.vulnerable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Adoption;
import dev.sluice.events.AssetProfile;
import dev.sluice.events.Completeness;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.ItemKind;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.LineEnd;
import dev.sluice.events.LineEnded;
import dev.sluice.events.Observation;
import dev.sluice.events.Outcome;
import dev.sluice.events.Rating;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import dev.sluice.streams.Scans;
import dev.sluice.topics.Topics.Realm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RiverTest {
  private static final String TABLE =
      """
      ## Supported Versions
      | Version | Supported |
      | ------- | --------- |
      | 5.x     | :white_check_mark: |
      | 4.x     | :white_check_mark: |
      | 3.x     | :x: |
      """;

  private final River river = new River();

  @AfterEach
  void close() {
    river.close();
  }

  private static Observation jwt() {
    return npm("CVE-2015-9235", "jsonwebtoken", "0.4.0", "4.2.2");
  }

  private static Observation lodash() {
    return npm("CVE-2019-10744", "lodash", "4.17.11", "4.17.12");
  }

  @Test
  void twoScannersUnderTwoIdsGiveOneFindingAndOneItem() {
    river.send(trivy(jwt()));
    ScanVerdict verdict =
        river.send(
            grype(npm("GHSA-c7hr-j4mj-j2w6", "jsonwebtoken", "0.4.0", "4.2.2", "CVE-2015-9235")));

    assertThat(river.findings()).hasSize(1);
    Finding finding = river.finding("CVE-2015-9235");
    assertThat(finding.getScanners()).containsExactly("grype", "trivy");
    assertThat(finding.getAliases()).containsExactly("GHSA-c7hr-j4mj-j2w6");
    assertThat(river.items()).hasSize(1);
    ActionItem item = river.items().values().iterator().next();
    assertThat(item.getLines().get(0).getFixedVersion()).isEqualTo("4.2.2");
    assertThat(verdict.getCompleteness()).isEqualTo(Completeness.COMPLETE);
    assertThat(verdict.getMerged()).isEqualTo(1);
  }

  @Test
  void aliasThatArrivesLaterMergesTwoFindingsAndTheOldIdRedirects() {
    river.send(grype(npm("GHSA-c7hr-j4mj-j2w6", "jsonwebtoken", "0.4.0", "4.2.2")));
    String former = river.finding("GHSA-c7hr-j4mj-j2w6").getId();
    river.send(trivy(jwt()));
    assertThat(river.findings()).hasSize(2);
    river.events();

    river.send(
        new Scans.Scan(
            "osv-scanner",
            List.of(
                npm("GHSA-c7hr-j4mj-j2w6", "jsonwebtoken", "0.4.0", "4.2.2", "CVE-2015-9235"))));

    Finding merged = river.finding("CVE-2015-9235");
    assertThat(merged.getScanners()).containsExactly("grype", "osv-scanner", "trivy");
    assertThat(merged.getFormerIds()).containsExactly(former);
    assertThat(river.findings().get(former).getMovedTo()).isEqualTo(merged.getId());
    assertThat(river.items().values()).filteredOn(i -> i.getStatus() == ItemStatus.OPEN).hasSize(1);
    assertThat(river.happened()).containsExactly("CHANGED jsonwebtoken");
  }

  @Test
  void severalVulnerabilitiesOfOnePackageAreOneOpenedEvent() {
    river.send(
        trivy(
            npm("CVE-2021-1", "openssl", "1.0.0", "1.0.1"),
            npm("CVE-2021-2", "openssl", "1.0.0", "1.0.3"),
            npm("CVE-2021-3", "openssl", "1.0.0", "1.0.2")));

    assertThat(river.happened()).containsExactly("OPENED openssl");
    ActionItem item = river.items().values().iterator().next();
    assertThat(item.getFindingCount()).isEqualTo(3);
    assertThat(item.getLines().get(0).getFixedVersion()).isEqualTo("1.0.3");
  }

  @Test
  void sameReportAgainChangesNothing() {
    Scans.Scan scan = trivy(jwt(), lodash());
    river.send(scan);
    river.events();
    List<Long> revisions = revisions();

    ScanVerdict verdict = river.send(scan.again());

    assertThat(verdict.getCompleteness()).isEqualTo(Completeness.REPEATED);
    assertThat(verdict.getRepeated()).isEqualTo(2);
    assertThat(verdict.getOutcome()).isEqualTo(Outcome.FAIL);
    assertThat(river.events()).isEmpty();
    assertThat(revisions()).isEqualTo(revisions);
  }

  @Test
  void rescanThatSaysTheSameWritesNoRevisionEvenIfTextsAndScoresDiffer() {
    river.send(trivy(jwt(), lodash()));
    river.events();
    List<Long> revisions = revisions();
    Observation reworded = lodash();
    reworded.setTitle("Prototype pollution, now with other words");
    reworded.setEpssScore(0.77);

    ScanVerdict verdict = river.send(trivy(jwt(), reworded));

    assertThat(verdict.getRepeated()).isEqualTo(2);
    assertThat(verdict.getNewFindings()).isZero();
    assertThat(river.events()).isEmpty();
    assertThat(revisions()).isEqualTo(revisions);
  }

  @Test
  void resolvesOnlyAfterCompleteScan() {
    river.send(trivy(jwt(), lodash()));
    river.events();
    Scans.Scan next = trivy(jwt());
    var events = next.events(river.now());
    events.subList(0, events.size() - 1).forEach(river::send);
    river.pass(Duration.ofSeconds(1));
    assertThat(river.events()).isEmpty();

    river.send(events.get(events.size() - 1));
    river.pass(Duration.ofSeconds(1));

    assertThat(river.happened()).containsExactly("RESOLVED lodash");
    assertThat(river.finding("CVE-2019-10744").getStatus()).isEqualTo(FindingStatus.RESOLVED);
  }

  @Test
  void scanWithAMissingObservationResolvesNothing() {
    river.send(trivy(jwt(), lodash(), npm("CVE-2020-1", "minimist", "1.0.0", "1.2.2")));
    river.events();
    var events = trivy(jwt(), lodash()).events(river.now());
    events.remove(1);
    events.forEach(river::send);
    river.pass(Duration.ofSeconds(1));

    ScanVerdict verdict = last(river.verdicts());
    assertThat(verdict.getCompleteness()).isEqualTo(Completeness.INCOMPLETE);
    assertThat(river.events()).isEmpty();
  }

  @Test
  void failedScanResolvesNothingAndIsNeverAPass() {
    river.send(trivy(jwt()));
    river.events();
    Scans.Scan next = trivy();
    var events = next.events(river.now());
    river.send(events.get(0));
    river.send(next.failed(1));
    river.pass(Duration.ofSeconds(1));

    ScanVerdict verdict = last(river.verdicts());
    assertThat(verdict.getCompleteness()).isEqualTo(Completeness.FAILED);
    assertThat(verdict.getOutcome()).isEqualTo(Outcome.CANNOT_KNOW);
    assertThat(river.events())
        .extracting(event -> event.getItem().getKind())
        .containsExactly(ItemKind.FRESHNESS);
  }

  @Test
  void abandonedScanAddsWhatItSawAndResolvesNothing() {
    river.send(trivy(jwt()));
    river.events();
    var events = trivy(lodash()).events(river.now());
    events.subList(0, events.size() - 1).forEach(river::send);
    river.pass(Duration.ofHours(2));

    assertThat(last(river.verdicts()).getCompleteness()).isEqualTo(Completeness.ABANDONED);
    assertThat(river.happened())
        .containsExactly("OPENED lodash", "OPENED Get trivy to scan " + IMAGE + " again");
    assertThat(river.finding("CVE-2015-9235").getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void anotherScannerOrScopeThatSeesNothingClosesNothing() {
    river.send(trivy(jwt(), lodash()));
    river.events();

    river.send(grype(lodash()));
    river.send(trivy(lodash()).scope("paths=app"));

    assertThat(river.happened()).containsOnly("CHANGED lodash");
    assertThat(river.finding("CVE-2015-9235").getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void staysOpenUntilEverySeriesThatClaimsItStopsClaimingIt() {
    river.send(trivy(jwt(), lodash()));
    river.send(grype(jwt(), lodash()));
    river.send(trivy(lodash()));
    assertThat(river.finding("CVE-2015-9235").getStatus()).isEqualTo(FindingStatus.OPEN);
    assertThat(river.finding("CVE-2015-9235").getLines().get(0).getNotSeenBy())
        .containsExactly("trivy");

    river.send(grype(lodash()));

    assertThat(river.finding("CVE-2015-9235").getStatus()).isEqualTo(FindingStatus.RESOLVED);
  }

  @Test
  void comesBackAsANewEpisodeOfTheSameItem() {
    river.send(trivy(jwt(), lodash()));
    river.send(trivy(lodash()));
    river.events();

    river.send(trivy(jwt(), lodash()));

    List<ActionEvent> events = river.events();
    assertThat(events).hasSize(1);
    assertThat(events.get(0).getType()).isEqualTo(ActionEventType.REOPENED);
    assertThat(events.get(0).getItem().getEpisode()).isEqualTo(2);
    assertThat(river.finding("CVE-2015-9235").getEpisode()).isEqualTo(2);
  }

  @Test
  void unsupportedLineOfAReleasedAssetIsWithheld() {
    river.matrix(IMAGE, TABLE);
    river.send(trivy(jwt()).version("3.4.0"));

    Finding finding = river.finding("CVE-2015-9235");
    assertThat(finding.getStatus()).isEqualTo(FindingStatus.WITHHELD);
    assertThat(finding.getDecision().getReason()).isEqualTo("unsupported-line");
    assertThat(finding.getLines().get(0).getLine()).isEqualTo("3.x");
    assertThat(river.events()).isEmpty();

    river.send(trivy(jwt()).version("5.2.1"));
    assertThat(river.happened()).containsExactly("OPENED jsonwebtoken");
    ActionItem item = river.items().values().iterator().next();
    assertThat(item.getLines())
        .extracting(l -> l.getLine() + " " + l.getSupport())
        .containsExactly("3.x UNSUPPORTED", "5.x SUPPORTED");
  }

  @Test
  void newHeadThatIsSupportedOtherwiseDecidesTheWholeLineAgain() {
    river.matrix(
        IMAGE,
        """
        ## Supported Versions
        | Version | Supported |
        | ------- | --------- |
        | >= 5.2  | :white_check_mark: |
        | < 5.2   | :x: |
        """);
    river.send(trivy(jwt(), lodash()).version("5.1.0"));
    assertThat(river.events()).isEmpty();

    river.send(trivy(jwt(), lodash()).version("5.2.0"));

    assertThat(river.happened()).containsExactlyInAnyOrder("OPENED jsonwebtoken", "OPENED lodash");
  }

  @Test
  void editedMatrixDecidesAgainWithoutAScan() {
    river.matrix(IMAGE, TABLE);
    river.send(trivy(jwt()).version("4.1.0"));
    assertThat(river.happened()).containsExactly("OPENED jsonwebtoken");

    river.matrix(IMAGE, TABLE.replace("| 4.x     | :white_check_mark: |", "| 4.x     | :x: |"));

    assertThat(river.happened()).containsExactly("WITHDRAWN jsonwebtoken");
    assertThat(river.finding("CVE-2015-9235").getDecision().getReason())
        .isEqualTo("unsupported-line");
    river.matrix(IMAGE, TABLE);
    assertThat(river.happened()).containsExactly("REOPENED jsonwebtoken");
  }

  @Test
  void knownExploitedGoesOnwardWithoutAFixAndIsAnEventOfItsOwn() {
    river.send(trivy(npm("CVE-2023-44487", "nghttp2", "1.0.0", null)));
    assertThat(river.finding("CVE-2023-44487").getDecision().getReason()).isEqualTo("no-fix");
    assertThat(river.events()).isEmpty();

    river.exploited("CVE-2023-44487", "2026-03-20");

    List<ActionEvent> events = river.events();
    assertThat(events).hasSize(1);
    assertThat(events.get(0).getItem().getKnownExploited()).isTrue();
    assertThat(events.get(0).getItem().getKind()).isEqualTo(ItemKind.FINDING);
  }

  @Test
  void newlyExploitedOpenItemSaysSo() {
    river.send(trivy(jwt()));
    river.events();

    river.exploited("CVE-2015-9235", "2026-03-20");

    assertThat(river.happened()).containsExactly("EXPLOITED jsonwebtoken");
  }

  @Test
  void proposalGetsAVerdictAndLeavesNothingBehind() {
    river.send(trivy(jwt()));
    river.events();

    ScanVerdict verdict = river.send(trivy(jwt(), lodash()).version("pr-7").proposal());

    assertThat(verdict.getNewFindings()).isEqualTo(1);
    assertThat(verdict.getOutcome()).isEqualTo(Outcome.FAIL);
    assertThat(verdict.getFailingCount()).isEqualTo(1);
    assertThat(river.events()).isEmpty();
    assertThat(river.findings()).hasSize(1);
    ScanVerdict clean = river.send(trivy(jwt()).version("pr-8").proposal());
    assertThat(clean.getOutcome()).isEqualTo(Outcome.PASS);
  }

  @Test
  void olderVersionOfALineDoesNotMoveItsState() {
    river.send(trivy(jwt()).version("5.2.1"));
    river.events();

    river.send(trivy(lodash()).version("5.1.0"));

    assertThat(river.events()).isEmpty();
    assertThat(river.finding("CVE-2015-9235").getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void blindScanResolvesNothingUntilASecondOneShowsTheSame() {
    river.profile(fromStart());
    Observation[] many =
        IntStream.range(0, 30)
            .mapToObj(i -> npm("CVE-2020-" + (1000 + i), "package-" + i, "1.0.0", "1.0.1"))
            .toArray(Observation[]::new);
    river.send(trivy(many));
    river.events();

    Scans.Scan blindScan = trivy(many[0]);
    ScanVerdict blind = river.send(blindScan);
    assertThat(blind.getCompleteness()).isEqualTo(Completeness.SUSPICIOUS);
    assertThat(blind.getOutcome()).isNotEqualTo(Outcome.PASS);
    assertThat(blind.getSuspicions()).isNotEmpty();
    assertThat(river.events()).isEmpty();

    ScanVerdict sameAgain = river.send(blindScan.again());
    assertThat(sameAgain.getCompleteness()).isEqualTo(Completeness.SUSPICIOUS);
    assertThat(sameAgain.getOutcome()).isNotEqualTo(Outcome.PASS);
    assertThat(river.events()).isEmpty();

    ScanVerdict confirmed = river.send(trivy(many[0]));
    assertThat(confirmed.getCompleteness()).isEqualTo(Completeness.COMPLETE);
    assertThat(confirmed.getFixedFindings()).isEqualTo(29);
    assertThat(river.events()).hasSize(29);
  }

  @Test
  void firstScanWithManyItemsIsABaselineAndExploitedOnesStandAlone() {
    river.exploited("CVE-2020-1003", "2026-03-20");
    Observation[] many =
        IntStream.range(0, 30)
            .mapToObj(i -> npm("CVE-2020-" + (1000 + i), "package-" + i, "1.0.0", "1.0.1"))
            .toArray(Observation[]::new);

    river.send(trivy(many));

    assertThat(river.items().values())
        .extracting(ActionItem::getKind)
        .containsExactlyInAnyOrder(ItemKind.BASELINE, ItemKind.UPGRADE);
    river.events();
    List<Observation> more = new ArrayList<>(List.of(many));
    more.add(lodash());
    river.send(trivy(more.toArray(Observation[]::new)));
    assertThat(river.happened()).containsExactly("OPENED lodash");
  }

  @Test
  void movedLinesChangeTheFindingQuietly() {
    river.send(codeql(code("go/path-injection", "main.go", 290, "abc")));
    river.events();

    river.send(codeql(code("go/path-injection", "main.go", 317, "abc")));

    Finding finding = river.finding("go/path-injection");
    assertThat(finding.getLocation().getStartLine()).isEqualTo(317);
    assertThat(river.findings()).hasSize(1);
    assertThat(river.happened()).noneMatch(e -> e.startsWith("OPENED") || e.startsWith("RESOLVED"));
  }

  @Test
  void equalCodeTwiceInAFileIsTwoFindings() {
    river.send(
        codeql(
            code("go/path-injection", "main.go", 10, "abc"),
            code("go/path-injection", "main.go", 20, "abc")));
    assertThat(river.findings()).hasSize(2);
    ScanVerdict again =
        river.send(
            codeql(
                code("go/path-injection", "main.go", 11, "abc"),
                code("go/path-injection", "main.go", 21, "abc")));
    assertThat(again.getNewFindings()).isZero();
  }

  @Test
  void liveSecretIsNeverWithheldBySupport() {
    river.matrix(IMAGE, TABLE);
    river.send(trivy(secret("aws-access-key-id", "00ff")).version("3.4.0"));

    assertThat(river.finding("aws-access-key-id").getDecision().getActionable()).isTrue();
  }

  @Test
  void statementOfASourceResolvesWhatItCallsFixed() {
    river.send(
        new Scans.Scan("dependabot", List.of(jwt(), lodash())).purpose(ScanPurpose.STATEMENT));
    river.events();
    Observation fixed = jwt();
    fixed.setScannerState(ScannerState.FIXED);

    river.send(new Scans.Scan("dependabot", List.of(fixed)).purpose(ScanPurpose.STATEMENT));

    assertThat(river.happened()).containsExactly("RESOLVED jsonwebtoken");
    assertThat(river.finding("CVE-2019-10744").getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void distributionPackagesOfOneSourceAreOneItem() {
    Observation libssl =
        vulnerable(
            "CVE-2022-0778",
            "pkg:deb/debian/libssl1.1",
            "libssl1.1",
            "1.1.1d",
            "1.1.1n",
            Severity.HIGH);
    libssl.getComponent().setSourceName("openssl");
    Observation openssl =
        vulnerable(
            "CVE-2022-0778",
            "pkg:deb/debian/openssl",
            "openssl",
            "1.1.1d",
            "1.1.1n",
            Severity.HIGH);
    openssl.getComponent().setSourceName("openssl");

    river.send(trivy(libssl, openssl));

    assertThat(river.findings()).hasSize(2);
    assertThat(river.happened()).containsExactly("OPENED openssl");
  }

  @Test
  void overdueAndDueSoonComeFromTheClock() {
    river.send(trivy(jwt()));
    river.events();

    river.pass(Duration.ofDays(61));

    assertThat(river.events()).extracting(ActionEvent::getType).contains(ActionEventType.OVERDUE);
    river.pass(Duration.ofDays(1));
    assertThat(river.events()).isEmpty();
  }

  @Test
  void itemThatIsDueSoonWhenItOpensIsNotAnnouncedTwice() {
    river.exploited("CVE-2015-9235", "2026-03-02");
    river.send(trivy(jwt()));
    river.pass(Duration.ofSeconds(5));

    assertThat(river.happened()).containsExactly("OPENED jsonwebtoken");
  }

  @Test
  void embargoedFindingsHaveTopicsOfTheirOwn() {
    try (River embargoed = new River(Realm.EMBARGOED)) {
      embargoed.send(trivy(jwt()));

      assertThat(embargoed.findings()).hasSize(1);
      assertThat(embargoed.items().values()).allMatch(ActionItem::getEmbargoed);
      assertThat(river.findings()).isEmpty();
    }
  }

  @Test
  void everyChangeOfADecisionIsRecordedWithItsFacts() {
    river.matrix(IMAGE, TABLE);
    river.send(trivy(jwt()).version("4.1.0"));
    river.matrix(IMAGE, TABLE.replace("| 4.x     | :white_check_mark: |", "| 4.x     | :x: |"));

    var decisions = river.decisions();
    assertThat(decisions).hasSize(2);
    assertThat(decisions.get(1).getBefore().getActionable()).isTrue();
    assertThat(decisions.get(1).getAfter().getActionable()).isFalse();
    assertThat(decisions.get(1).getFacts()).containsKey("support");
    assertThat(decisions.get(1).getCause()).isEqualTo("knowledge");
  }

  @Test
  void changedRatingIsANewRevisionAndAChangedEvent() {
    river.send(trivy(jwt()));
    river.events();
    Observation critical = jwt();
    critical.setRatings(
        new ArrayList<>(
            List.of(
                Rating.newBuilder()
                    .setSource("ghsa")
                    .setSeverity(Severity.CRITICAL)
                    .setText("CRITICAL")
                    .build())));

    river.send(trivy(critical));

    assertThat(river.finding("CVE-2015-9235").getSeverity()).isEqualTo(Severity.CRITICAL);
    assertThat(river.finding("CVE-2015-9235").getRevision()).isEqualTo(2);
    assertThat(river.happened()).containsExactly("CHANGED jsonwebtoken");
  }

  @Test
  void secondAttemptOfAScanReplacesTheFirst() {
    Scans.Scan first = trivy(jwt()).id("scan-1");
    var half = first.events(river.now());
    half.subList(0, 2).forEach(river::send);

    ScanVerdict verdict = river.send(trivy(jwt(), lodash()).id("scan-1"));

    assertThat(verdict.getCompleteness()).isEqualTo(Completeness.COMPLETE);
    river.pass(Duration.ofHours(3));
    assertThat(river.verdicts()).isEmpty();
  }

  @Test
  void bytesThatDoNotDecodeEndAsADeadLetterAndTheNextScanIsApplied() {
    river.rawObserved.pipeInput(IMAGE, new byte[] {9, 9, 9});
    river.send(trivy(jwt()));

    var dead = river.deadLetters.readRecordsToList();
    assertThat(dead).hasSize(1);
    assertThat(dead.get(0).getValue()).containsExactly(9, 9, 9);
    assertThat(new String(dead.get(0).headers().lastHeader("sluice-topic").value()))
        .isEqualTo("findings.observed.v1");
    assertThat(dead.get(0).headers().lastHeader("sluice-offset")).isNotNull();
    assertThat(river.findings()).hasSize(1);
  }

  @Test
  void endOfALineIsNoDeadLetterAndLeavesScansAsTheyAre() {
    ScanEvent ended =
        ScanEvent.newBuilder()
            .setScanId("end")
            .setAttemptId("end")
            .setSeq(0)
            .setAsset(IMAGE)
            .setLineEnded(
                LineEnded.newBuilder()
                    .setBranch("topic")
                    .setReason(LineEnd.PROPOSAL_CLOSED)
                    .build())
            .build();
    var half = trivy(jwt()).id("scan-1").events(river.now());
    river.send(half.get(0));
    river.send(half.get(1));
    river.send(ended);
    river.send(half.get(2));
    river.pass(Duration.ofSeconds(1));

    assertThat(river.deadLetters.isEmpty()).isTrue();
    assertThat(river.verdicts())
        .extracting(ScanVerdict::getCompleteness)
        .containsExactly(Completeness.COMPLETE);
  }

  @Test
  void futureDatedScanIsRefused() {
    ScanVerdict verdict = river.send(trivy(jwt()).at(river.now().plus(Duration.ofDays(1))));

    assertThat(verdict.getCompleteness()).isEqualTo(Completeness.FAILED);
    assertThat(river.findings()).isEmpty();
  }

  @Test
  void supportUnknownFailsSafe() {
    river.send(trivy(jwt()));

    Finding finding = river.finding("CVE-2015-9235");
    assertThat(finding.getLines().get(0).getSupport()).isNotEqualTo(Support.UNSUPPORTED);
    assertThat(finding.getDecision().getActionable()).isTrue();
  }

  private AssetProfile fromStart() {
    return AssetProfile.newBuilder().setAsset(IMAGE).setAdoption(Adoption.FROM_START).build();
  }

  private List<Long> revisions() {
    return river.findings().values().stream().map(Finding::getRevision).toList();
  }

  private static <T> T last(List<T> all) {
    return all.get(all.size() - 1);
  }
}
