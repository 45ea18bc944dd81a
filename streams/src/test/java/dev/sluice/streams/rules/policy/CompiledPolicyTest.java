package dev.sluice.streams.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.events.Exposure;
import dev.sluice.events.FindingKind;
import dev.sluice.events.GateMode;
import dev.sluice.events.Reachability;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import dev.sluice.streams.rules.document.DocumentException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompiledPolicyTest {

  private static final String REST =
      """
        - name: rest
          when: "true"
          then: withhold
          reason: rest
          explain: "{vulnerability} is {severity}."
      """;

  private static String policy(String when) {
    return "rules:\n  - name: one\n    when: "
        + when
        + "\n    then: act\n    reason: wanted\n    explain: \"it is {kind} on {lines}\"\n"
        + REST;
  }

  private static PolicyFactsBuilder facts() {
    return PolicyFacts.builder(FindingKind.VULNERABLE_PACKAGE).vulnerability("CVE-2024-1");
  }

  private static DocumentException refused(String yaml) {
    return catchThrowableOfType(DocumentException.class, () -> CompiledPolicy.compile(yaml));
  }

  private static boolean acts(String when, PolicyFactsBuilder facts) {
    return CompiledPolicy.compile(policy(when)).decide(facts.build()).actionable();
  }

  @Test
  void firstMatchWins() {
    CompiledPolicy policy = CompiledPolicy.compile(policy("severity >= HIGH"));
    PolicyOutcome high =
        policy.decide(facts().severity(Severity.HIGH).lines(List.of("5.x", "4.x")).build());
    assertThat(high)
        .isEqualTo(
            new PolicyOutcome(true, "one", "wanted", "it is vulnerable package on 5.x, 4.x"));
    assertThat(policy.decide(facts().severity(Severity.MEDIUM).build()))
        .isEqualTo(new PolicyOutcome(false, "rest", "rest", "CVE-2024-1 is medium."));
  }

  @Test
  void conditionsSeeEveryFact() {
    PolicyFactsBuilder facts =
        facts()
            .severity(Severity.CRITICAL)
            .epss(0.5)
            .cwes(List.of(79, 89))
            .scanners(List.of("trivy", "grype"))
            .exposure(Exposure.INTERNET)
            .reachability(Reachability.CALLED)
            .asset("github.com/acme/box")
            .firstSeen(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(acts("epssKnown && epss > 0.4", facts)).isTrue();
    assertThat(acts("89 in cwes", facts)).isTrue();
    assertThat(acts("90 in cwes", facts)).isFalse();
    assertThat(acts("scanners.exists(s, s == 'grype')", facts)).isTrue();
    assertThat(acts("asset.startsWith('github.com/acme/')", facts)).isTrue();
    assertThat(acts("exposure == 'INTERNET' && reachability in ['CALLED', 'IMPORTED']", facts))
        .isTrue();
    assertThat(acts("firstSeen > timestamp('2026-01-01T00:00:00Z')", facts)).isTrue();
    assertThat(acts("firstSeen > timestamp('2026-04-01T00:00:00Z')", facts)).isFalse();
    assertThat(acts("severity == CRITICAL", facts)).isTrue();
  }

  @Test
  void everyFactHasATextForTheLog() {
    assertThat(facts().severity(Severity.HIGH).epss(0.25).build().asText())
        .hasSize(Facts.all().size())
        .containsEntry("severity", "HIGH")
        .containsEntry("epss", "0.25")
        .containsEntry("kind", "VULNERABLE_PACKAGE")
        .containsEntry("exploitedDue", "");
  }

  @Test
  void aMisspeltFactIsRefusedWithItsPlace() {
    DocumentException refused = refused(policy("hasFix && knownExploted"));
    assertThat(refused.line()).isEqualTo(3);
    assertThat(refused.column()).isEqualTo("    when: hasFix && ".length() + 1);
    assertThat(refused.remedy()).contains("knownExploited");
    assertThat(refused).hasMessageContaining("line 3, column 21");
  }

  @Test
  void thePlaceInAQuotedConditionIsRight() {
    assertThat(refused(policy("\"hasFix && knownExploted\"")).column())
        .isEqualTo("    when: \"hasFix && ".length() + 1);
  }

  @Test
  void thePlaceInABlockIsRight() {
    DocumentException refused = refused(policy("|\n      hasFix &&\n      knownExploted"));
    assertThat(refused.line()).isEqualTo(5);
    assertThat(refused.column()).isEqualTo(7);
  }

  @Test
  void aWordThatIsNoValueIsRefused() {
    DocumentException refused = refused(policy("kind == 'SECERT'"));
    assertThat(refused.reason()).contains("SECERT").contains("kind");
    assertThat(refused.remedy()).contains("SECRET");
    assertThat(refused.line()).isEqualTo(3);
    assertThat(refused.column()).isEqualTo("    when: kind == ".length() + 1);
    assertThat(refused(policy("'INTRANET' == exposure"))).isNotNull();
    assertThat(refused(policy("support in ['SUPPORTED', 'UNSUPORTED']"))).isNotNull();
  }

  @Test
  void typesAreChecked() {
    assertThat(refused(policy("severity == 'HIGH'"))).isNotNull();
    assertThat(refused(policy("vulnerability"))).isNotNull();
    assertThat(refused(policy("hasFix > 3"))).isNotNull();
    assertThat(refused(policy("hasFix &&"))).isNotNull();
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestKnownOne() {
    DocumentException refused = refused("rules:\n" + REST + "\ndeadline: {}\n");
    assertThat(refused.remedy()).contains("deadlines");
    assertThat(refused.line()).isEqualTo(8);
    assertThat(refused.column()).isEqualTo(1);
  }

  @Test
  void aPolicyThatLeavesFindingsWithoutADecisionIsRefused() {
    assertThat(
            refused("rules:\n  - {name: a, when: hasFix, then: act, reason: r, explain: e}\n")
                .remedy())
        .contains("true");
    assertThat(refused("rules: []\n")).isNotNull();
    assertThat(refused("name: x\n")).isNotNull();
    assertThat(refused("")).isNotNull();
    assertThat(refused("rules: [\n")).isNotNull();
    assertThat(refused("- a\n")).isNotNull();
  }

  @Test
  void aSentenceWithAnUnknownFactIsRefused() {
    assertThat(
            refused(
                    "rules:\n  - {name: a, when: true, then: act, reason: r, explain: \"{sevrity}\"}\n")
                .remedy())
        .contains("{severity}");
  }

  @Test
  void twoRulesOfOneNameAreRefused() {
    assertThat(refused("rules:\n" + REST + REST).reason()).contains("rest");
  }

  @Test
  void aFailingTestRefusesThePolicyAtItsPlace() {
    String yaml =
        policy("hasFix")
            + "tests:\n  - name: wrong\n    given: {kind: secret, hasFix: true}\n    expect: withhold\n";
    DocumentException refused = refused(yaml);
    assertThat(refused.reason()).contains("wrong").contains("act by one");
    assertThat(refused.line()).isEqualTo(13);
    assertThat(CompiledPolicy.test(yaml)).singleElement().matches(r -> !r.passed());
  }

  @Test
  void hostileYamlIsRefusedAndNotLoaded() {
    assertThat(
            refused("a: &a [x,x]\nb: &b [*a,*a]\nrules: !!javax.script.ScriptEngineManager [*b]\n"))
        .isNotNull();
    assertThat(refused("[".repeat(5_000))).isNotNull();
    assertThat(refused("rules: \u0000")).isNotNull();
    assertThat(refused(policy("(".repeat(3_000) + "true" + ")".repeat(3_000)))).isNotNull();
  }

  @Test
  void theVersionIsTheHashOfTheText() {
    assertThat(CompiledPolicy.compile(policy("hasFix")).version())
        .hasSize(64)
        .isEqualTo(CompiledPolicy.compile(policy("hasFix")).version())
        .isNotEqualTo(CompiledPolicy.compile(policy("hasFix || direct")).version());
  }

  @Test
  void decisionsRememberedGiveTheSentenceOfTheFindingAtHand() {
    CompiledPolicy policy = CompiledPolicy.standard();
    PolicyFactsBuilder facts =
        facts().severity(Severity.HIGH).hasFix(true).support(Support.SUPPORTED);
    assertThat(policy.decide(facts.vulnerability("CVE-2024-1").build()).explanation())
        .contains("CVE-2024-1");
    assertThat(policy.decide(facts.vulnerability("CVE-2024-2").build()).explanation())
        .contains("CVE-2024-2");
    assertThat(policy.factsRead())
        .containsExactlyInAnyOrder(
            "kind",
            "severity",
            "severityKnown",
            "knownExploited",
            "secretLive",
            "scannerSuppressed",
            "support",
            "hasFix");
  }

  @Test
  void settingsBesideTheRulesAreRead() {
    CompiledPolicy policy =
        CompiledPolicy.compile(
            "gate: {mode: enforce}\nadoption: {baseline-above: 5}\n"
                + "suspicious-scan: {gone-percent: 50, gone-at-least: 3, database-older-than-days: 2}\n"
                + "deadlines: {due-soon-days: 3}\nrules:\n"
                + REST);
    assertThat(policy.gateMode()).isEqualTo(GateMode.ENFORCE);
    assertThat(policy.adoptionThreshold()).isEqualTo(5);
    assertThat(policy.suspicion().gonePercent()).isEqualTo(50);
    assertThat(policy.suspicion().goneAtLeast()).isEqualTo(3);
    assertThat(policy.suspicion().databaseOlderThan()).isEqualTo(Duration.ofDays(2));
    assertThat(policy.dueSoonLead()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void settingsHaveTheirDefaults() {
    CompiledPolicy policy = CompiledPolicy.compile("rules:\n" + REST);
    assertThat(policy.gateMode()).isEqualTo(GateMode.RATCHET);
    assertThat(policy.adoptionThreshold()).isEqualTo(20);
    assertThat(policy.suspicion().gonePercent()).isEqualTo(20);
    assertThat(policy.suspicion().goneAtLeast()).isEqualTo(10);
    assertThat(policy.dueSoonLead()).isEqualTo(Duration.ofDays(7));
    assertThat(policy.name()).isEqualTo("default");
  }
}
