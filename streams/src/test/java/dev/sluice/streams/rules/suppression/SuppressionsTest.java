package dev.sluice.streams.rules.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.LineState;
import dev.sluice.events.SecretValidity;
import dev.sluice.events.Severity;
import dev.sluice.events.Support;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.events.VexStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressionsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String DIGEST = "sha256:" + "a1".repeat(32);

  private static LineState line(String name, String version, String digest, String... installed) {
    return LineState.newBuilder()
        .setLine(name)
        .setHeadVersion(version)
        .setDigest(digest)
        .setSupport(Support.UNKNOWN)
        .setPresent(true)
        .setInstalledVersions(List.of(installed))
        .build();
  }

  private static Finding finding(LineState... lines) {
    return Finding.newBuilder()
        .setId("fnd-1")
        .setAsset("registry.example/acme/pay")
        .setKind(FindingKind.VULNERABLE_PACKAGE)
        .setVulnerability("CVE-2026-0001")
        .setFormerIds(List.of("fnd-0"))
        .setPackage$("pkg:npm/left")
        .setTitle("x")
        .setSeverity(Severity.HIGH)
        .setSeveritySource("")
        .setSeverityReason("")
        .setKnownExploited(false)
        .setSecretValidity(SecretValidity.UNKNOWN)
        .setLines(List.of(lines))
        .setOccurrenceCount(1)
        .setScanners(List.of("trivy"))
        .setStatus(FindingStatus.OPEN)
        .setRevision(1)
        .setContentHash("")
        .setEpisode(1)
        .setIdentityVersion(1)
        .setGeneration(1)
        .build();
  }

  private static Finding onOneLine() {
    return finding(line("5.x", "5.2.1", DIGEST, "1.0.0"));
  }

  private static Suppression vex(VexStatus status, List<String> products, String... parts) {
    return Suppression.newBuilder()
        .setId("vex-" + status + products + List.of(parts))
        .setKind(SuppressionKind.VEX)
        .setVulnerability("CVE-2026-0001")
        .setProducts(products)
        .setSubcomponents(List.of(parts))
        .setVexStatus(status)
        .setJustification("vulnerable_code_not_present")
        .setReason("")
        .setSource("acme.vex.json")
        .setSeverityCap(Severity.UNKNOWN)
        .setVersion("")
        .setRecordedAt(NOW.minusSeconds(60))
        .build();
  }

  private static boolean withheld(Finding finding, Suppression... suppressions) {
    return Suppressions.of(finding, List.of(suppressions), NOW).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry.example/acme/pay",
        "registry.example/acme/pay:5.2.1",
        "pkg:oci/pay?repository_url=registry.example/acme/pay",
        "pkg:oci/pay?repository_url=registry.example/acme",
        "pkg:oci/pay@5.2.1?repository_url=registry.example/acme/pay",
        "pkg:oci/pay?repository_url=registry.example/acme/pay&tag=5.2.1",
        "pkg:docker/acme/pay@5.2.1?repository_url=registry.example",
        "pkg:oci/pay@sha256%3Aa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1",
        "pkg:npm/left@1.0.0",
        "pkg:npm/left@1.0.0?distro=box-8",
        "pkg:npm/left",
        "pkg:npm/Left@1.0.0",
        "pkg:npm/left#vers:npm/>=0.9|<2",
      })
  void appliesToWhatItNames(String product) {
    assertThat(withheld(onOneLine(), vex(VexStatus.NOT_AFFECTED, List.of(product)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry.example/acme/payment",
        "registry.example/acme/pay:5.2.2",
        "pay",
        "pkg:oci/pay",
        "pkg:oci/pay@5.2.1",
        "pkg:oci/pay@5.2.2?repository_url=registry.example/acme/pay",
        "pkg:oci/pay?repository_url=other.example/acme/pay",
        "pkg:oci/pay?repository_url=registry.example/acme/pay&tag=5.2.2",
        "pkg:docker/acme/pay@5.2.1",
        "pkg:oci/box@sha256%3Aa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1",
        "pkg:oci/pay@sha256%3Ab1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1",
        "pkg:npm/left@1.0.1",
        "pkg:npm/left?distro=box-8",
        "pkg:npm/%40acme/left@1.0.0",
        "pkg:pypi/left@1.0.0",
        "pkg:npm/left#vers:npm/>=2",
        "pkg:npm/left#vers:rubbish",
        "pkg:",
        "",
      })
  void appliesToNothingElse(String product) {
    assertThat(withheld(onOneLine(), vex(VexStatus.NOT_AFFECTED, List.of(product)))).isFalse();
  }

  @Test
  void aPartMustBeThePackageOfTheFinding() {
    List<String> asset = List.of("registry.example/acme/pay");

    assertThat(withheld(onOneLine(), vex(VexStatus.NOT_AFFECTED, asset, "pkg:npm/left@1.0.0")))
        .isTrue();
    assertThat(withheld(onOneLine(), vex(VexStatus.NOT_AFFECTED, asset, "pkg:npm/right")))
        .isFalse();
    assertThat(
            withheld(
                onOneLine(),
                vex(VexStatus.NOT_AFFECTED, List.of("other.example/x"), "pkg:npm/left@1.0.0")))
        .isFalse();
    assertThat(
            withheld(
                onOneLine(),
                vex(VexStatus.NOT_AFFECTED, List.of("pkg:npm/left@1.0.0"), "pkg:npm/inner")))
        .isFalse();
  }

  @Test
  void everyLineNeedsAStatement() {
    Finding two = finding(line("5.x", "5.2.1", null, "1.0.0"), line("4.x", "4.9.0", null, "0.9.0"));

    assertThat(
            withheld(two, vex(VexStatus.NOT_AFFECTED, List.of("registry.example/acme/pay:5.2.1"))))
        .isFalse();
    assertThat(
            withheld(
                two,
                vex(VexStatus.NOT_AFFECTED, List.of("registry.example/acme/pay:5.2.1")),
                vex(VexStatus.FIXED, List.of("registry.example/acme/pay:4.9.0"))))
        .isTrue();
  }

  @Test
  void everyInstalledVersionMustBeMeant() {
    Finding copies = finding(line("5.x", "5.2.1", null, "1.0.0", "0.4.0"));

    assertThat(withheld(copies, vex(VexStatus.NOT_AFFECTED, List.of("pkg:npm/left@1.0.0"))))
        .isFalse();
    assertThat(withheld(copies, vex(VexStatus.NOT_AFFECTED, List.of("pkg:npm/left")))).isTrue();
  }

  @Test
  void goModulesMatchTheirRepositoryWithAndWithoutV() {
    Finding repository = onOneLine();
    repository.setAsset("github.com/acme/box");
    repository.getLines().get(0).setHeadVersion("0.41.0");

    assertThat(
            withheld(
                repository,
                vex(VexStatus.NOT_AFFECTED, List.of("pkg:golang/github.com/acme/box@v0.41.0"))))
        .isTrue();
    assertThat(withheld(repository, vex(VexStatus.NOT_AFFECTED, List.of("pkg:github/acme/box"))))
        .isTrue();
    assertThat(
            withheld(
                repository,
                vex(VexStatus.NOT_AFFECTED, List.of("pkg:golang/github.com/acme/box@v0.42.0"))))
        .isFalse();
  }

  @Test
  void onlyNotAffectedAndFixedWithhold() {
    for (VexStatus status : VexStatus.values()) {
      assertThat(withheld(onOneLine(), vex(status, List.of("pkg:npm/left"))))
          .as(status.name())
          .isEqualTo(status == VexStatus.NOT_AFFECTED || status == VexStatus.FIXED);
    }
  }

  @Test
  void theNewestStatementHoldsAndInDoubtTheOneThatWithholdsNothing() {
    Suppression before = vex(VexStatus.NOT_AFFECTED, List.of("pkg:npm/left"));
    Suppression after = vex(VexStatus.AFFECTED, List.of("pkg:npm/left"));

    assertThat(withheld(onOneLine(), before, after)).isFalse();
    after.setRecordedAt(before.getRecordedAt().minusSeconds(1));
    assertThat(withheld(onOneLine(), before, after)).isTrue();
  }

  private static Suppression accepted(Severity cap) {
    return Suppression.newBuilder()
        .setId("acc-1")
        .setKind(SuppressionKind.ACCEPTED_RISK)
        .setFindings(List.of("fnd-1"))
        .setVexStatus(VexStatus.UNKNOWN)
        .setReason("behind a firewall")
        .setOwner("ann")
        .setExpires(NOW.plusSeconds(60))
        .setSeverityCap(cap)
        .setVersion("")
        .build();
  }

  @Test
  void anAcceptedRiskNamesWhoAndUntilWhen() {
    Optional<Suppressed> suppressed =
        Suppressions.of(onOneLine(), List.of(accepted(Severity.UNKNOWN)), NOW);

    assertThat(suppressed.orElseThrow().reason()).isEqualTo("accepted");
    assertThat(suppressed.get().explanation()).contains("ann", "behind a firewall", "2026-11-22");
    assertThat(suppressed.get().until()).isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  void anAcceptanceLapses() {
    assertThat(
            Suppressions.of(onOneLine(), List.of(accepted(Severity.UNKNOWN)), NOW.plusSeconds(60)))
        .isEmpty();
  }

  @Test
  void anAcceptanceHidesNothingExploitedNoLiveSecretAndNothingWorseThanItsCap() {
    Finding exploited = onOneLine();
    exploited.setKnownExploited(true);
    Finding secret = onOneLine();
    secret.setKind(FindingKind.SECRET);
    Finding unknown = onOneLine();
    unknown.setSeverity(Severity.UNKNOWN);

    assertThat(withheld(exploited, accepted(Severity.UNKNOWN))).isFalse();
    assertThat(withheld(secret, accepted(Severity.UNKNOWN))).isFalse();
    assertThat(withheld(onOneLine(), accepted(Severity.MEDIUM))).isFalse();
    assertThat(withheld(onOneLine(), accepted(Severity.HIGH))).isTrue();
    assertThat(withheld(unknown, accepted(Severity.HIGH))).isFalse();
  }

  @Test
  void anAcceptanceFollowsAFindingThatGotAnotherId() {
    Suppression former = accepted(Severity.UNKNOWN);
    former.setFindings(new ArrayList<>(List.of("fnd-0")));

    assertThat(withheld(onOneLine(), former)).isTrue();
  }

  @Test
  void aFalsePositiveLapsesWhenAnotherScannerAffirmsIt() {
    Suppression claim = accepted(Severity.UNKNOWN);
    claim.setKind(SuppressionKind.FALSE_POSITIVE);
    claim.setScanner("trivy");
    Finding both = onOneLine();
    both.setScanners(List.of("grype", "trivy"));

    assertThat(withheld(onOneLine(), claim)).isTrue();
    assertThat(withheld(both, claim)).isFalse();
  }
}
