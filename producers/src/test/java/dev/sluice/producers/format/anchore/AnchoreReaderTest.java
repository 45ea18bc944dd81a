package dev.sluice.producers.format.anchore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.GoldenOutcome;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnchoreReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new AnchoreReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of(
        "anchore/engine.json",
        "anchore/enterprise.json",
        "anchore/export.json",
        "anchore/policy.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("Sommerregen2026x");
  }

  private Outcome sample(String name) {
    return Outcome.of(reader(), Outcome.sample("anchore/" + name));
  }

  @Test
  void readsItsSamplesAsBefore() throws IOException {
    for (String sample : samples()) {
      GoldenOutcome.check(reader(), sample);
    }
  }

  @Test
  void knowsTheImageWhereverItIsNamed() {
    ScanFacts engine = sample("engine.json").scans().get(0);
    assertEquals("registry.example.org/shop/agent", engine.asset());
    assertEquals("152299", engine.version());
    assertEquals(List.of("type=os"), engine.scope().getFilters());
    ScanFacts exported = sample("export.json").scans().get(0);
    assertEquals("docker.io/shop/web", exported.asset());
    assertEquals(Instant.parse("2026-01-13T10:09:59.971Z"), exported.time());
    assertEquals("registry.example.org/shop/builder", sample("policy.json").scans().get(0).asset());
  }

  @Test
  void takesTheFeedsDistributionForPurlAndRating() {
    Observation brotli = sample("engine.json").only("CVE-2020-8927");
    assertEquals(
        "pkg:rpm/redhat/brotli@1.0.6-2.el8?distro=redhat-8", brotli.getComponent().getPurl());
    assertEquals("redhat", brotli.getRatings().get(0).getSource());
    assertThat(brotli.getRatings())
        .extracting(r -> r.getSource() + ":" + r.getMethod() + ":" + r.getScore())
        .containsExactly("redhat:null:null", "nvd:cvss2:6.4", "nvd:cvss3.1:6.5");
    assertEquals(FixState.WONT_FIX, brotli.getFixState());
  }

  @Test
  void leavesOutAScoreOfMinusOne() {
    assertThat(sample("engine.json").only("CVE-2005-3906").getRatings()).hasSize(2);
  }

  @Test
  void takesTheOneCveOfAnAdvisoryForItsAlias() {
    assertEquals(
        List.of("CVE-2024-50379"), sample("export.json").only("GHSA-5j33-cvvr-w245").getAliases());
  }

  @Test
  void partsPackagesFromVersions() {
    assertEquals(
        "tomcat-embed-core",
        sample("export.json").only("GHSA-5j33-cvvr-w245").getComponent().getName());
    Observation tar = sample("export.json").only("CVE-2021-20193");
    assertEquals("tar", tar.getComponent().getName());
    assertEquals("2:1.30-9.el8", tar.getComponent().getVersion());
  }

  @Test
  void readsEveryTriggeredRuleOfAPolicyCheck() {
    Outcome outcome = sample("policy.json");
    Observation check = outcome.only("dockerfile:instruction");
    assertEquals(FindingKind.MISCONFIGURATION, check.getKind());
    assertEquals(Severity.MEDIUM, check.getRatings().get(0).getSeverity());
    Observation vulnerable = outcome.only("CVE-2016-9840");
    assertEquals(FindingKind.VULNERABLE_PACKAGE, vulnerable.getKind());
    assertEquals("zlib", vulnerable.getComponent().getName());
    assertEquals(
        ScannerState.SUPPRESSED, outcome.only("dockerfile:exposed_ports").getScannerState());
  }

  @Test
  void takesNullForAnEmptyListAndRefusesNone() {
    assertThat(Outcome.of(reader(), "{\"sbomId\":\"1\",\"vulnerabilities\":null}").read()).isTrue();
    assertThat(Outcome.of(reader(), "{\"sbomId\":\"1\"}").refusal())
        .contains("no list of vulnerabilities");
  }
}
