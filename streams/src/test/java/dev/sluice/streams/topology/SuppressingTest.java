package dev.sluice.streams.topology;

import static dev.sluice.streams.Scans.npm;
import static dev.sluice.streams.Scans.trivy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Decision;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.Outcome;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.Severity;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.events.VexStatus;
import dev.sluice.streams.Scans;
import dev.sluice.streams.rules.suppression.Ignored;
import dev.sluice.streams.rules.suppression.Suppressions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** VEX statements and accepted risks, without a new scan. */
class SuppressingTest {
  private static final String CVE = "CVE-2019-10744";

  private final River river = new River();

  @BeforeEach
  void open() {
    river.send(trivy(npm(CVE, "lodash", "4.17.11", "4.17.12")));
    river.events();
  }

  @AfterEach
  void close() {
    river.close();
  }

  private Finding lodash() {
    return river.finding(CVE);
  }

  private static Suppression.Builder suppression(String subject, SuppressionKind kind) {
    return Suppression.newBuilder()
        .setId(Suppressions.key(subject, "1"))
        .setKind(kind)
        .setVulnerability(CVE)
        .setVexStatus(VexStatus.UNKNOWN)
        .setReason("not reachable")
        .setSeverityCap(Severity.UNKNOWN)
        .setVersion("");
  }

  private static Suppression vex(VexStatus status) {
    return suppression(CVE, SuppressionKind.VEX)
        .setProducts(List.of("pkg:npm/lodash@4.17.11"))
        .setVexStatus(status)
        .build();
  }

  private Suppression accepted(Instant until) {
    return suppression(lodash().getId(), SuppressionKind.ACCEPTED_RISK)
        .setFindings(List.of(lodash().getId()))
        .setOwner("ann")
        .setExpires(until)
        .build();
  }

  @Test
  void aStatementAboutAVersionOfTheAssetHoldsForThatVersion() {
    Suppression.Builder about = suppression(CVE, SuppressionKind.VEX);
    about.setVexStatus(VexStatus.NOT_AFFECTED);

    river.suppress(about.setProducts(List.of(Scans.IMAGE + ":5.2.0")).build());
    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);
    assertThat(lodash().getLines().get(0).getHeadVersion()).isEqualTo("5.2.1");

    river.suppress(about.setProducts(List.of(Scans.IMAGE + ":5.2.1")).build());
    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.WITHHELD);
  }

  @Test
  void aStatementWithdrawsTheItemAndItsRevocationBringsItBack() {
    river.suppress(vex(VexStatus.NOT_AFFECTED));

    Decision decision = lodash().getDecision();
    assertThat(river.happened()).containsExactly("WITHDRAWN lodash");
    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.WITHHELD);
    assertThat(decision.getReason()).isEqualTo("vex-not-affected");
    assertThat(decision.getSuppression()).isEqualTo(CVE + ":1");

    river.suppress(vex(VexStatus.AFFECTED));

    assertThat(river.happened()).containsExactly("REOPENED lodash");
    assertThat(lodash().getDecision().getSuppression()).isNull();
  }

  @Test
  void aSuppressedFindingDoesNotFailTheGate() {
    river.suppress(vex(VexStatus.NOT_AFFECTED));

    ScanVerdict verdict =
        river.send(trivy(npm(CVE, "lodash", "4.17.11", "4.17.12")).version("5.2.2"));

    assertThat(verdict.getOutcome()).isEqualTo(Outcome.PASS);
  }

  @Test
  void anAcceptanceLapsesAtMidnightAndTheItemIsReopened() {
    Instant until = river.now().plus(Duration.ofDays(2));

    river.suppress(accepted(until));
    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.ACCEPTED);
    assertThat(river.happened()).containsExactly("WITHDRAWN lodash");

    river.pass(Duration.ofDays(1));
    assertThat(river.happened()).isEmpty();
    river.pass(Duration.ofDays(2));

    assertThat(river.happened()).contains("REOPENED lodash");
    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  @Test
  void whatAnAssetIgnoresIsAcceptedByIdPackageAndPathUntilItsEnd() {
    Instant until = river.now().plus(Duration.ofDays(2));
    List<String> here = List.of("app/*-lock.json");

    river.suppress(ignored(List.of("lib/**"), until));
    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);

    river.suppress(ignored(here, until));
    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.ACCEPTED);
    assertThat(river.happened()).containsExactly("WITHDRAWN lodash");

    river.pass(Duration.ofDays(1));
    assertThat(river.happened()).isEmpty();
    river.pass(Duration.ofDays(2));
    assertThat(river.happened()).contains("REOPENED lodash");
    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);
  }

  private static Suppression ignored(List<String> paths, Instant until) {
    return new Ignored(
            1, FindingKind.VULNERABLE_PACKAGE, CVE, paths, List.of("pkg:npm/lodash"), null, "tests")
        .accepted(Scans.IMAGE, ".trivyignore.yaml", until, "", "ann", Severity.UNKNOWN);
  }

  @Test
  void whatBecomesKnownToBeExploitedIsAcceptedNoLonger() {
    river.suppress(accepted(river.now().plus(Duration.ofDays(300))));
    river.events();

    river.exploited(CVE, "2026-03-20");

    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.OPEN);
    assertThat(lodash().getDecision().getReason()).isEqualTo("known-exploited");
  }

  @Test
  void anAnnouncementThatComesBeforeItsDataIsActedOnWhenTheDataComes() {
    river.suppressLate(vex(VexStatus.NOT_AFFECTED));

    assertThat(river.happened()).containsExactly("WITHDRAWN lodash");
    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.WITHHELD);
  }

  @Test
  void anUndecodableSuppressionChangesNothingAndEverythingGoesOn() {
    river.suppressBytes("rubbish", new byte[] {1, 2, 3});
    river.suppress(vex(VexStatus.NOT_AFFECTED));

    assertThat(lodash().getStatus()).isEqualTo(FindingStatus.WITHHELD);
  }
}
