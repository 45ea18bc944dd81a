package dev.sluice.producers.format.cyclonedx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.GoldenOutcome;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.XmlScanReaderContractTest;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CycloneDxReaderTest extends XmlScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new CycloneDxReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("cyclonedx/trivy.json");
  }

  @Override
  protected List<String> xmlSamples() {
    return List.of("cyclonedx/nested.xml", "cyclonedx/trivy.xml");
  }

  @Override
  protected List<String> secrets() {
    return List.of("Sommerregen2026x");
  }

  private Outcome sample() {
    return Outcome.of(reader(), Outcome.sample("cyclonedx/trivy.json"));
  }

  @Test
  void readsItsSamplesAsBefore() throws IOException {
    GoldenOutcome.check(reader(), "cyclonedx/trivy.json");
  }

  @Test
  void readsXmlAlike() {
    Outcome xml = Outcome.of(reader(), Outcome.sample("cyclonedx/trivy.xml"));
    assertEquals(sample().observations(), xml.observations());
    assertEquals(sample().scans(), xml.scans());
    assertEquals(sample().componentsSeen(), xml.componentsSeen());
    assertEquals(sample().warnings().size(), xml.warnings().size());
  }

  @Test
  void readsVulnerabilitiesInsideTheirComponentAsBefore() throws IOException {
    GoldenOutcome.check(reader(), "cyclonedx/nested.xml");
  }

  @Test
  void refusesAnSbomInXmlAndReadsAnEmptyList() {
    String bom = "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\"><components/>";
    assertThat(Outcome.of(reader(), bom + "</bom>").refusal())
        .contains("without a list of vulnerabilities");
    assertThat(Outcome.of(reader(), bom + "<vulnerabilities/></bom>").read()).isTrue();
  }

  @Test
  void knowsScannerAndImage() {
    ScanFacts facts = sample().scans().get(0);
    assertEquals("trivy", facts.scanner().getName());
    assertEquals("0.58.1", facts.scanner().getVersion());
    assertEquals("registry.example.org/shop/web", facts.asset());
    assertEquals("5.4.1", facts.version());
    assertThat(facts.digest()).startsWith("sha256:6042");
    assertEquals(List.of(3L), sample().componentsSeen());
  }

  @Test
  void reportsAVulnerabilityOnceForEachComponentThatItAffects() {
    assertThat(sample().observations())
        .extracting(o -> o.getNativeId() + " " + o.getTitle())
        .contains(
            "CVE-2016-2781 CVE-2016-2781 in coreutils",
            "CVE-2016-2781 CVE-2016-2781 in @shop/inner");
  }

  @Test
  void takesTheRatingOfTheRecordsKeeperFirst() {
    Observation first = sample().observations().get(0);
    assertEquals("ubuntu", first.getRatings().get(0).getSource());
    assertEquals(Severity.LOW, first.getRatings().get(0).getSeverity());
    assertEquals(List.of("8.33"), first.getFixedVersions());
    assertEquals("coreutils-src", first.getComponent().getSourceName());
  }

  @Test
  void keepsTheAnalysisAsTheScannersState() {
    Observation log4j = sample().only("GHSA-jfh8-c2jp-5v3q");
    assertEquals(ScannerState.SUPPRESSED, log4j.getScannerState());
    assertEquals("not_affected: code_not_reachable: lookups are off", log4j.getStateReason());
    assertEquals(List.of("CVE-2021-44228"), log4j.getAliases());
    assertEquals(Severity.CRITICAL, log4j.getRatings().get(0).getSeverity());
  }

  @Test
  void neverJoinsTwoCves() {
    Observation brotli = sample().only("CVE-2020-8927");
    assertThat(brotli.getAliases()).isEmpty();
    assertEquals(List.of("CVE-2020-1111"), brotli.getRelated());
  }

  @Test
  void refusesAnSbomAndReadsAnEmptyList() {
    assertThat(Outcome.of(reader(), "{\"bomFormat\":\"CycloneDX\",\"components\":[]}").refusal())
        .contains("without a list of vulnerabilities");
    assertThat(Outcome.of(reader(), "{\"bomFormat\":\"CycloneDX\",\"vulnerabilities\":[]}").read())
        .isTrue();
  }
}
