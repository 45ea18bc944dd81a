package dev.sluice.streams.engine;

import static dev.sluice.streams.Scans.npm;
import static dev.sluice.streams.Scans.secret;
import static dev.sluice.streams.Scans.trivy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ChartImagePair;
import dev.sluice.events.Finding;
import dev.sluice.events.Policy;
import dev.sluice.events.Support;
import dev.sluice.events.SupportMatrix;
import dev.sluice.events.SupportedLine;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.events.VexStatus;
import dev.sluice.events.WithheldItem;
import dev.sluice.streams.Scans;
import dev.sluice.streams.knowledge.ChangeEffect;
import dev.sluice.streams.knowledge.ProposedChange;
import dev.sluice.streams.knowledge.ReferenceData;
import dev.sluice.streams.rules.policy.CompiledPolicy;
import dev.sluice.streams.rules.suppression.Suppressions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a change of reference data would withhold, told from findings as they were sent. */
class RehearsalTest {
  private static final String LODASH = "CVE-2019-10744";
  private static final String QS = "CVE-2022-24999";

  private final Basin basin = new Basin();

  private ChangeEffect effect(ReferenceData now, ProposedChange change, Instant at) {
    ChangeEffect effect = new ChangeEffect(new Rehearsal(now, now.with(change), asset -> null, at));
    basin.findings.forEach(effect::take);
    return effect;
  }

  private List<String> withheld(ProposedChange change) {
    return effect(now(), change, Basin.NOW).withheld().stream()
        .map(item -> item.getTitle() + " by " + item.getRule())
        .toList();
  }

  private ReferenceData now() {
    List<SupportMatrix> matrices = basin.matrix == null ? List.of() : List.of(basin.matrix);
    return ReferenceData.of(List.<Policy>of(), matrices, List.of());
  }

  private static SupportMatrix matrix(Support support, LocalDate until) {
    SupportedLine line =
        SupportedLine.newBuilder()
            .setRange("5.x")
            .setVers("vers:generic/>=5.0.0|<6.0.0")
            .setSupport(support)
            .setUntil(until)
            .build();
    return SupportMatrix.newBuilder()
        .setProduct(Scans.IMAGE)
        .setLines(List.of(line))
        .setVersion(support + " " + until)
        .build();
  }

  private static Suppression statement(String id, VexStatus status) {
    return Suppression.newBuilder()
        .setId(Suppressions.key(id, status.name()))
        .setKind(SuppressionKind.VEX)
        .setVulnerability(id)
        .setProducts(List.of(Scans.IMAGE))
        .setVexStatus(status)
        .build();
  }

  @Test
  void matrixWithholdsWhatIsOnALineThatIsNoLongerSupportedButNoSecret() {
    basin.matrix = matrix(Support.SUPPORTED, null);
    basin.send(trivy(npm(LODASH, "lodash", "4.17.11", "4.17.12"), secret("aws", "h1")));

    assertThat(withheld(ProposedChange.matrix(matrix(Support.UNSUPPORTED, null))))
        .containsExactly("lodash: " + LODASH + " by unsupported-line");
    assertThat(withheld(ProposedChange.matrix(matrix(Support.UNKNOWN, null)))).isEmpty();
  }

  @Test
  void whatOnlyTheClockWithholdsIsNoDifference() {
    SupportMatrix ending = matrix(Support.SUPPORTED, LocalDate.of(2026, 3, 31));
    basin.matrix = ending;
    basin.send(trivy(npm(LODASH, "lodash", "4.17.11", "4.17.12")));
    Instant later = LocalDate.of(2026, 4, 2).atStartOfDay(ZoneOffset.UTC).toInstant();

    ProposedChange same = ProposedChange.matrix(ending);
    ProposedChange shorter =
        ProposedChange.matrix(matrix(Support.SUPPORTED, LocalDate.of(2026, 2, 1)));

    assertThat(effect(now(), same, later).withheld()).isEmpty();
    assertThat(effect(now(), shorter, later).withheld()).isEmpty();
    assertThat(effect(now(), shorter, Basin.NOW).withheld()).hasSize(1);
  }

  @Test
  void policyWithholdsWhatItLetsThroughNoMore() {
    basin.send(trivy(npm(LODASH, "lodash", "4.17.11", "4.17.12"), secret("aws", "h1")));

    assertThat(withheld(ProposedChange.policy(quiet()))).hasSize(2);
    assertThat(withheld(ProposedChange.policy(CompiledPolicy.standardDocument()))).isEmpty();
  }

  private static String quiet() {
    return """
        name: quiet
        rules:
          - name: nothing
            when: "true"
            then: withhold
            reason: quiet
            explain: "Nobody looks."
        """;
  }

  @Test
  void statementsWithholdByAnyIdOfTheVulnerability() {
    basin.send(trivy(npm(LODASH, "lodash", "4.17.11", "4.17.12", "GHSA-jf85-cpcp-j695")));
    Suppression not = statement("GHSA-jf85-cpcp-j695", VexStatus.NOT_AFFECTED);
    Suppression other = statement(QS, VexStatus.NOT_AFFECTED);

    assertThat(withheld(ProposedChange.suppressions("a.json", List.of(not), List.of())))
        .containsExactly("lodash: " + LODASH + " by suppression");
    assertThat(withheld(ProposedChange.suppressions("a.json", List.of(other), List.of())))
        .isEmpty();
  }

  @Test
  void takingAStatementAwayCanWithholdToo() {
    basin.send(trivy(npm(LODASH, "lodash", "4.17.11", "4.17.12")));
    Suppression not = statement(LODASH, VexStatus.NOT_AFFECTED);
    Suppression affected = statement(LODASH, VexStatus.AFFECTED);
    ReferenceData both = ReferenceData.of(List.of(), List.of(), List.of(not, affected));

    ChangeEffect effect =
        effect(both, ProposedChange.suppressions("r", List.of(), List.of(affected)), Basin.NOW);

    assertThat(effect.withheld()).hasSize(1);
  }

  @Test
  void anItemIsWithheldOnceAllOfItsFindingsAre() {
    basin.send(
        trivy(
            npm(LODASH, "lodash", "4.17.11", "4.17.12"),
            npm("CVE-2020-8203", "lodash", "4.17.11", "4.17.19")));
    Suppression one = statement(LODASH, VexStatus.NOT_AFFECTED);
    Suppression two = statement("CVE-2020-8203", VexStatus.NOT_AFFECTED);

    assertThat(withheld(ProposedChange.suppressions("a", List.of(one), List.of()))).isEmpty();
    List<WithheldItem> items =
        effect(now(), ProposedChange.suppressions("a", List.of(one, two), List.of()), Basin.NOW)
            .withheld();
    assertThat(items).singleElement().satisfies(i -> assertThat(i.getFindingCount()).isEqualTo(2));
  }

  @Test
  void theNewestRevisionOfAFindingCounts() {
    basin.send(trivy(npm(LODASH, "lodash", "4.17.11", "4.17.12")));
    ProposedChange change = ProposedChange.policy(quiet());
    ChangeEffect effect = effect(now(), change, Basin.NOW);
    assertThat(effect.open()).isEqualTo(1);
    String id = basin.findings.keySet().iterator().next();
    basin.send(trivy());

    effect.take(id, basin.findings.get(id));

    assertThat(effect.open()).isZero();
    assertThat(effect.withheld()).isEmpty();
  }

  @Test
  void aDismissalOnTheScannersSideIsKnownToTheRehearsal() {
    String ignores =
        """
        name: ignores
        rules:
          - name: all
            when: "true"
            then: act
            reason: all
            explain: "All."
        """;
    String minds =
        ignores.replace(
            "rules:\n",
            """
            rules:
              - name: set-aside
                when: scannerSuppressed
                then: withhold
                reason: set-aside
                explain: "Its scanner set it aside."
            """);
    basin.send(trivy(npm(LODASH, "lodash", "4.17.11", "4.17.12")));
    Policy policy =
        Policy.newBuilder().setName("default").setDocument(ignores).setVersion("").build();
    ReferenceData now = ReferenceData.of(List.of(policy), List.of(), List.of());
    Finding finding = basin.findings.values().iterator().next();

    assertThat(effect(now, ProposedChange.policy(minds), Basin.NOW).withheld()).isEmpty();
    finding.setScannerSuppressed(true);
    assertThat(effect(now, ProposedChange.policy(minds), Basin.NOW).withheld()).hasSize(1);
  }

  @Test
  void combinationsCountOnceThePairsThatJudgedThemGo() {
    SupportMatrix pairs = matrix(Support.SUPPORTED, null);
    pairs.setPairs(
        List.of(
            ChartImagePair.newBuilder()
                .setChart("pay")
                .setChartVersions("5.x")
                .setImage(Scans.IMAGE)
                .setImageVersions("5.x")
                .build()));
    basin.matrix = pairs;
    basin.send(DeploymentsTest.helm(DeploymentsTest.deployed("prod/pay", "5.1.0", "4.9.0")));
    ReferenceData now = now();

    SupportMatrix more = SupportMatrix.newBuilder(pairs).build();
    more.getLines().get(0).setUntil(LocalDate.of(2030, 1, 1));

    assertThat(
            effect(now, ProposedChange.matrix(matrix(Support.SUPPORTED, null)), Basin.NOW)
                .withheld())
        .hasSize(1);
    assertThat(effect(now, ProposedChange.matrix(more), Basin.NOW).withheld()).isEmpty();
  }
}
