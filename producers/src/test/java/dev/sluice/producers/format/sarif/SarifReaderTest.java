package dev.sluice.producers.format.sarif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.events.BaselineState;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SarifReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new SarifReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("sarif/codeql.sarif", "sarif/containers.sarif", "sarif/secrets.sarif");
  }

  @Override
  protected List<String> secrets() {
    return List.of(
        "hunter2hunter2",
        "s3cr3tlogin",
        "Qm9vbVNoYWthTGFrYTEyMzQ1",
        "ZKIAQQQQWWWWEEEERRRR",
        "dev.person@example.org",
        "Dev Person");
  }

  private Outcome of(String sample) {
    return Outcome.of(reader(), Outcome.sample("sarif/" + sample));
  }

  @Test
  void readsTheRunBeforeItsResults() {
    ScanFacts facts = of("codeql.sarif").scans().get(0);
    assertEquals("codeql", facts.scanner().getName());
    assertEquals("2.23.3", facts.scanner().getVersion());
    assertEquals("https://github.com/acme/shop", facts.asset());
    assertEquals("0123456789abcdef0123456789abcdef01234567", facts.commit());
    assertEquals("main", facts.branch());
    assertEquals("/language:go", facts.scope().getRuleset());
    assertEquals(Instant.parse("2026-03-02T09:00:00Z"), facts.time());
  }

  @Test
  void findsRulesOfExtensions() {
    Observation path = of("codeql.sarif").only("go/path-injection");
    assertEquals("Uncontrolled data used in path expression", path.getTitle());
    assertEquals(List.of(22, 73), path.getCwes());
    assertEquals(7.5, path.getRatings().get(0).getScore());
    assertEquals(Severity.HIGH, path.getRatings().get(0).getSeverity());
    assertEquals("error", path.getRatings().get(1).getText());
    assertEquals("sarif-level", path.getRatings().get(1).getSource());
    assertEquals(BaselineState.NEW, path.getBaselineState());
    assertEquals(ScannerState.OPEN, path.getScannerState());
  }

  @Test
  void readsPlacesFingerprintsAndFlattensObjects() {
    Observation path = of("codeql.sarif").only("go/path-injection");
    assertEquals("cmd/server/main.go", path.getLocation().getPath());
    assertEquals(295, path.getLocation().getStartLine());
    assertEquals("main.serve", path.getLocation().getSymbol());
    assertThat(path.getLocation().getSnippetHash()).hasSize(64);
    assertEquals(
        Map.of("primaryLocationLineHash", "43556f27a509441c:1", "row.value", "aa11"),
        path.getFingerprints());
    assertEquals("web/page.go:3", path.getProperties().get("moreLocations"));
  }

  @Test
  void fillsMessagesAndMatchesHierarchicalIds() {
    Observation old = of("codeql.sarif").only("OLD/1");
    assertEquals("Variable ptr at line 12.", old.getTitle());
    assertEquals(List.of("OLDER"), old.getDeprecatedIds());
    assertEquals("lib/a b.c", old.getLocation().getPath());
    assertNull(old.getLocation().getStartLine());
    assertEquals(ScannerState.SUPPRESSED, old.getScannerState());
    assertEquals("reviewed", old.getStateReason());
  }

  @Test
  void leavesOutPassedChecksAndMarksAbsentResultsFixed() {
    Outcome outcome = of("codeql.sarif");
    assertEquals(3, outcome.observations().size());
    assertEquals(ScannerState.FIXED, outcome.only("gone").getScannerState());
  }

  @Test
  void readsPackagesOfTrivy() {
    Outcome outcome = of("containers.sarif");
    assertEquals("nginx", outcome.scans().get(0).asset());
    assertEquals("1.25", outcome.scans().get(0).version());
    assertEquals("sha256:8888", outcome.scans().get(0).digest());
    Observation apt = outcome.only("CVE-2011-3374");
    assertEquals(FindingKind.VULNERABLE_PACKAGE, apt.getKind());
    assertEquals("apt", apt.getComponent().getName());
    assertEquals("2.6.1", apt.getComponent().getVersion());
    assertEquals(FindingKind.MISCONFIGURATION, outcome.only("AVD-DS-0002").getKind());
    Observation jwt = outcome.only("CVE-2025-30204");
    assertEquals("pkg:golang/github.com/golang-jwt/jwt/v5@v5.2.1", jwt.getComponent().getPurl());
    assertEquals(List.of("5.2.2", "4.5.2"), jwt.getFixedVersions());
  }

  @Test
  void readsPackagesOfGrypeWithoutThePackageInTheId() {
    Observation login =
        of("containers.sarif").observations().stream()
            .filter(o -> o.getNativeId().equals("CVE-2007-5686"))
            .findFirst()
            .orElseThrow();
    assertEquals("1:4.13+dfsg1-1+b1", login.getComponent().getVersion());
    assertThat(login.getComponent().getPurl()).startsWith("pkg:deb/debian/login@");
    assertEquals("debian-12", login.getComponent().getDistro());
    assertEquals(List.of("usr/share/doc/login/copyright"), login.getComponent().getPlaces());
    assertThat(login.getRatings())
        .extracting(r -> r.getSource() + ":" + r.getSeverity())
        .containsExactly("grype:MEDIUM", "sarif-level:MEDIUM", "grype:LOW");
  }

  @Test
  void readsPackagesOfSnykAndNeverJoinsTwoCves() {
    Outcome outcome = of("containers.sarif");
    Observation shadow = outcome.only("SNYK-DEBIAN12-SHADOW-1559391");
    assertEquals(List.of("CVE-2007-5686"), shadow.getAliases());
    assertEquals("login", shadow.getComponent().getName());
    assertEquals("shadow", shadow.getComponent().getSourceName());
    assertEquals("debian-12", shadow.getComponent().getDistro());
    Observation struts = outcome.only("SNYK-JAVA-ORGAPACHESTRUTS-1");
    assertThat(struts.getAliases()).isEmpty();
    assertEquals(List.of("CVE-2017-5638", "CVE-2017-9805"), struts.getRelated());
    assertEquals(
        "pkg:maven/org.apache.struts/struts2-core@2.3.20", struts.getComponent().getPurl());
  }

  @Test
  void takesTheDistributionOfTrivysPackagesFromTheMarksOfDebiansFixes() {
    Observation curl = trivy("8.14.1-2+deb13u2").only("CVE-2030-1");
    assertEquals("debian-13", curl.getComponent().getDistro());
    assertEquals("deb", curl.getComponent().getEcosystem());
    assertThat(curl.getComponent().getPurl()).startsWith("pkg:deb/debian/curl@8.14.1-2");
    assertThat(curl.getComponent().getPurl()).contains("distro=debian-13");
    // A package without a fix is of the same image and so of the same distribution.
    assertEquals(
        "debian-13", trivy("8.14.1-2+deb13u2").only("CVE-2030-2").getComponent().getDistro());
    for (String unclear : List.of("", "8.14.1-3", "7.1+deb12u1, 8.1+deb13u1", "7.81ubuntu1.16")) {
      assertThat(trivy(unclear).only("CVE-2030-1").getComponent().getDistro()).isNull();
    }
  }

  /** Two packages of a distribution as Trivy writes them, the first with a fix. */
  private static Outcome trivy(String fixed) {
    String rule =
        "{'id':'%s','name':'OsPackageVulnerability','help':{'text':'Vulnerability\\nFixed Version:"
            + " %s\\nLink: [1](https://example.org)'}}";
    String result =
        "{'ruleId':'%s','message':{'text':'Package: curl\\nInstalled Version: 8.14.1-2\\nFixed"
            + " Version: %s'}}";
    return Outcome.of(
        new SarifReader(Outcome.SETTINGS),
        ("{'version':'2.1.0','runs':[{'tool':{'driver':{'name':'Trivy','rules':["
                + rule.formatted("CVE-2030-1", fixed)
                + ","
                + rule.formatted("CVE-2030-2", "")
                + "]}},'results':["
                + result.formatted("CVE-2030-1", fixed)
                + ","
                + result.formatted("CVE-2030-2", "")
                + "]}]}")
            .replace('\'', '"'));
  }

  @Test
  void readsEachRunAsAScan() {
    assertThat(of("containers.sarif").scans())
        .extracting(s -> s.scanner().getName())
        .containsExactly("trivy", "grype", "snyk container");
  }

  @Test
  void keepsOnlyTheHashOfASecret() {
    Outcome outcome = of("secrets.sarif");
    Observation key = outcome.only("generic-api-key");
    assertEquals(FindingKind.SECRET, key.getKind());
    assertEquals(Outcome.REDACTOR.hmac("Qm9vbVNoYWthTGFrYTEyMzQ1"), key.getSecret().getHmac());
    assertEquals("Qm9v***", key.getSecret().getPreview());
    assertEquals("6d127980966808f7413935678e079dcd7fedf9c2", key.getProperties().get("commit"));
  }

  @Test
  void namesAResultWithoutARuleByItsMessage() {
    Observation aws = of("secrets.sarif").only("AWS Access Key secret detected");
    assertEquals(Outcome.REDACTOR.hmac("ZKIAQQQQWWWWEEEERRRR"), aws.getSecret().getHmac());
    assertThat(of("secrets.sarif").warnings()).anyMatch(w -> w.path().endsWith("ruleId"));
  }

  @Test
  void refusesOtherVersionsAndBrokenLists() {
    assertThat(Outcome.of(reader(), "{\"version\":\"1.0.0\",\"runs\":[]}").refusal())
        .contains("2.1.0");
    assertThat(
            Outcome.of(
                    reader(),
                    "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"x\"}},"
                        + "\"results\":42}]}")
                .refusal())
        .contains("$.runs[0].results")
        .contains("line 1");
    assertThat(Outcome.of(reader(), "{\"version\":\"2.1.0\"}").refusal())
        .contains("no list of runs");
  }

  @Test
  void resolvesNothingByARunThatFailed() {
    Outcome outcome =
        Outcome.of(
            reader(),
            "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"x\"}},"
                + "\"invocations\":[{\"executionSuccessful\":false}],\"results\":[]}]}");
    assertEquals(true, outcome.scans().get(0).statement());
    assertThat(outcome.warnings()).isNotEmpty();
  }
}
