package dev.sluice.streams.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.FindingKind;
import dev.sluice.events.GateMode;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultPolicyTest {

  private static final Instant SEEN = Instant.parse("2026-01-01T00:00:00Z");

  private final CompiledPolicy policy = CompiledPolicy.standard();

  private static PolicyFactsBuilder vulnerability(Severity severity) {
    return PolicyFacts.builder(FindingKind.VULNERABLE_PACKAGE)
        .vulnerability("CVE-2024-1")
        .packageName("openssl")
        .severity(severity)
        .hasFix(true);
  }

  private Instant due(PolicyFactsBuilder facts, Instant decidedAt) {
    return policy.due(facts.build(), SEEN, decidedAt).due();
  }

  private static Instant day(String date) {
    return Instant.parse(date + "T00:00:00Z");
  }

  @Test
  void passesItsOwnTests() {
    assertThat(CompiledPolicy.test(CompiledPolicy.standardDocument()))
        .hasSizeGreaterThan(10)
        .allMatch(PolicyTestResult::passed);
  }

  /** Every kind, severity, fix, support and flag: a changed line here is a changed promise. */
  @Test
  void decidesAsTheGoldenFileSays() throws IOException {
    List<String> decisions = new ArrayList<>();
    for (FindingKind kind : FindingKind.values()) {
      for (Severity severity : Severity.values()) {
        for (Support support :
            new Support[] {
              Support.UNKNOWN, Support.SUPPORTED, Support.UNSUPPORTED, Support.NOT_APPLICABLE
            }) {
          for (int flags = 0; flags < 16; flags++) {
            PolicyFacts facts =
                PolicyFacts.builder(kind)
                    .severity(severity)
                    .support(support)
                    .hasFix((flags & 1) > 0)
                    .knownExploited((flags & 2) > 0)
                    .secretLive((flags & 4) > 0)
                    .scannerSuppressed((flags & 8) > 0)
                    .build();
            decisions.add(
                String.join(" ", kind.name(), severity.name(), support.name(), flagNames(flags))
                    + " = "
                    + policy.decide(facts).reason()
                    + (policy.decide(facts).actionable() ? " act" : " withhold"));
          }
        }
      }
    }
    assertThat(summary(decisions)).isEqualTo(golden());
  }

  @Test
  void explanationsAreOneSentenceWithTheFacts() {
    PolicyOutcome outcome =
        policy.decide(
            vulnerability(Severity.CRITICAL)
                .fixedVersion("3.0.7")
                .support(Support.SUPPORTED)
                .build());
    assertThat(outcome.explanation())
        .isEqualTo(
            "CVE-2024-1 in openssl is critical and has a fix (version 3.0.7); support: supported.");
  }

  @Test
  void deadlinesGoBySeverity() {
    assertThat(due(vulnerability(Severity.CRITICAL), SEEN)).isEqualTo(day("2026-01-31"));
    assertThat(due(vulnerability(Severity.HIGH), SEEN)).isEqualTo(day("2026-03-02"));
    assertThat(due(vulnerability(Severity.MEDIUM), SEEN)).isEqualTo(day("2026-04-01"));
    assertThat(policy.due(vulnerability(Severity.LOW).build(), SEEN, SEEN))
        .isEqualTo(new Deadline(null, "no deadline for severity low"));
  }

  @Test
  void theCataloguesDateComesFirst() {
    PolicyFactsBuilder exploited =
        vulnerability(Severity.CRITICAL)
            .knownExploited(true)
            .exploitedDue(LocalDate.parse("2026-01-15"));
    Deadline deadline = policy.due(exploited.build(), SEEN, SEEN);
    assertThat(deadline.due()).isEqualTo(Instant.parse("2026-01-15T23:59:59Z"));
    assertThat(deadline.reason()).contains("2026-01-15");
  }

  @Test
  void noDateIsEarlierThanTheGracePeriod() {
    PolicyFactsBuilder old =
        vulnerability(Severity.CRITICAL)
            .knownExploited(true)
            .exploitedDue(LocalDate.parse("2021-11-17"));
    assertThat(due(old, SEEN)).isEqualTo(day("2026-01-08"));
    assertThat(policy.due(old.build(), SEEN, SEEN).reason())
        .contains("grace")
        .contains("first seen");
  }

  @Test
  void aFixThatComesLateStillLeavesTheGracePeriod() {
    assertThat(due(vulnerability(Severity.CRITICAL), day("2026-06-01")))
        .isEqualTo(day("2026-06-08"));
  }

  @Test
  void exploitedWithoutADateAndLiveSecretsAreUrgent() {
    assertThat(due(vulnerability(Severity.LOW).knownExploited(true), SEEN))
        .isEqualTo(day("2026-01-15"));
    PolicyFactsBuilder secret =
        PolicyFacts.builder(FindingKind.SECRET).secretLive(true).severity(Severity.HIGH);
    assertThat(due(secret, SEEN)).isEqualTo(day("2026-01-08"));
  }

  @Test
  void unknownSeverityHasTheDeadlineOfHigh() {
    assertThat(due(vulnerability(Severity.UNKNOWN), SEEN)).isEqualTo(day("2026-03-02"));
  }

  @Test
  void theGateJudgesByItsMode() {
    PolicyFacts high = vulnerability(Severity.HIGH).build();
    PolicyFacts medium = vulnerability(Severity.MEDIUM).build();
    PolicyFacts exploited = vulnerability(Severity.LOW).knownExploited(true).build();
    PolicyFacts secret = PolicyFacts.builder(FindingKind.SECRET).secretLive(true).build();
    assertThat(policy.failsGate(high, true, GateMode.OBSERVE)).isFalse();
    assertThat(policy.failsGate(high, true, GateMode.RATCHET)).isTrue();
    assertThat(policy.failsGate(high, false, GateMode.RATCHET)).isFalse();
    assertThat(policy.failsGate(exploited, false, GateMode.RATCHET)).isTrue();
    assertThat(policy.failsGate(secret, false, GateMode.RATCHET)).isTrue();
    assertThat(policy.failsGate(high, false, GateMode.ENFORCE)).isTrue();
    assertThat(policy.failsGate(medium, true, GateMode.ENFORCE)).isFalse();
    assertThat(policy.failsGate(high, true, GateMode.UNKNOWN)).isTrue();
    assertThat(policy.failsGate(high, false, GateMode.UNKNOWN)).isFalse();
  }

  private static String flagNames(int flags) {
    return ((flags & 1) > 0 ? "fix " : "")
        + ((flags & 2) > 0 ? "kev " : "")
        + ((flags & 4) > 0 ? "live " : "")
        + ((flags & 8) > 0 ? "suppressed" : "");
  }

  /** For each kind and outcome how many of the combinations, and the first one. */
  private static String summary(List<String> decisions) {
    var counts = new java.util.TreeMap<String, Integer>();
    var first = new java.util.HashMap<String, String>();
    for (String decision : decisions) {
      String[] sides = decision.split(" = ");
      String key = sides[0].substring(0, sides[0].indexOf(' ')) + " " + sides[1];
      counts.merge(key, 1, Integer::sum);
      first.putIfAbsent(key, sides[0].substring(sides[0].indexOf(' ') + 1).strip());
    }
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (key, n) ->
            text.append(key)
                .append(' ')
                .append(n)
                .append(", first: ")
                .append(first.get(key))
                .append('\n'));
    return text.toString();
  }

  private static String golden() throws IOException {
    try (InputStream in =
        DefaultPolicyTest.class.getResourceAsStream("default-policy.golden.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
