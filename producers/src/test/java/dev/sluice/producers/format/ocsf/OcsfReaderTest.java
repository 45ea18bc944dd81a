package dev.sluice.producers.format.ocsf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Observation;
import dev.sluice.events.Rating;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.GoldenOutcome;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OcsfReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new OcsfReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("ocsf/array.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("Sommerregen2026x");
  }

  @Override
  protected boolean manyDocuments() {
    return true;
  }

  private Outcome sample() {
    return Outcome.of(reader(), Outcome.sample("ocsf/array.json"));
  }

  private Outcome event(String fields) {
    return Outcome.of(reader(), "{\"class_uid\":2002,\"severity_id\":3," + fields + "}");
  }

  private Observation only(String fields) {
    Outcome outcome = event(fields);
    assertThat(outcome.observations()).as(outcome.toString()).hasSize(1);
    return outcome.observations().get(0);
  }

  @Test
  void readsItsSamplesAsBefore() throws IOException {
    GoldenOutcome.check(reader(), "ocsf/array.json");
  }

  @Test
  void readsLinesAndBundlesLikeAnArray() {
    String array = new String(Outcome.sample("ocsf/array.json"), StandardCharsets.UTF_8);
    String lines = new String(Outcome.sample("ocsf/lines.jsonl"), StandardCharsets.UTF_8);
    for (String other :
        List.of(lines, "{\"events\":" + array + "}", "{\"Findings\":" + array + "}")) {
      assertTrue(reader().recognises(new ReportHead(other, false)));
      Outcome outcome = Outcome.of(reader(), other);
      assertEquals(sample().observations(), outcome.observations());
      assertEquals(sample().scans(), outcome.scans());
    }
  }

  @Test
  void eachAssetIsAScanOfItsOwnAtTheTimeOfTheNewest() {
    List<ScanFacts> scans = sample().scans();
    assertThat(scans)
        .extracting(ScanFacts::asset)
        .containsExactly(
            "210987654321.dkr.ecr.eu-central-1.amazonaws.com/shop/web",
            "https://github.com/acme/pay",
            null);
    assertThat(scans).allMatch(ScanFacts::statement);
    assertThat(scans)
        .extracting(ScanFacts::time)
        .containsOnly(Instant.ofEpochMilli(1_767_543_930_000L));
    assertEquals("lookout tower", scans.get(0).scanner().getName());
    assertEquals("7.2", scans.get(0).scanner().getVersion());
    assertThat(scans.get(0).digest()).startsWith("sha256:6042");
    assertEquals("5.4.1", scans.get(0).version());
  }

  @Test
  void takesTheVendorsWordFirstAndKeepsEveryScore() {
    Observation glibc = sample().observations().get(0);
    assertThat(glibc.getRatings())
        .extracting(r -> r.getSource() + " " + r.getSeverity() + " " + r.getMethod())
        .containsExactly(
            "redhat HIGH null", "lookout tower HIGH null", "nvd HIGH cvss3.1", "nvd HIGH cvss4");
    assertEquals(0.71, glibc.getEpssScore());
    assertEquals(List.of(119, 787, 122), glibc.getCwes());
  }

  @Test
  void reportsAVulnerabilityOnceForEachPackage() {
    List<Observation> all = sample().observations();
    assertEquals("1:2.34-60.el9", all.get(0).getComponent().getVersion());
    assertThat(all.get(0).getComponent().getPurl()).startsWith("pkg:rpm/redhat/glibc@");
    assertEquals(List.of("2.34-83.el9"), all.get(0).getFixedVersions());
    assertEquals("pkg:rpm/redhat/glibc-common@2.34-60.el9", all.get(1).getComponent().getPurl());
    assertThat(all.get(1).getFixedVersions()).isEmpty();
    assertEquals(FixState.NOT_FIXED, all.get(1).getFixState());
    assertEquals(List.of("RHSA-2023:5453", "CVE-2023-4806"), all.get(0).getRelated());
  }

  @Test
  void affectedCodeIsFoundByItsRule() {
    Observation code = sample().only("go-exec");
    assertEquals(FindingKind.CODE_WEAKNESS, code.getKind());
    assertEquals("cmd/run.go", code.getLocation().getPath());
    assertEquals(12, code.getLocation().getStartLine());
    assertEquals(List.of(78), code.getCwes());
    assertEquals(ScannerState.FIXED, code.getScannerState());
    assertEquals("Resolved: merged", code.getStateReason());
  }

  @Test
  void anAdvisoryOfOneCveIsTheSame() {
    Observation log4j = sample().only("GHSA-jfh8-c2jp-5v3q");
    assertEquals(List.of("CVE-2021-44228"), log4j.getAliases());
    assertEquals(
        "pkg:maven/org.apache.logging.log4j/log4j-core@2.13.2", log4j.getComponent().getPurl());
    assertEquals(FixState.NOT_FIXED, log4j.getFixState());
    assertEquals("KB-12", log4j.getProperties().get("articles"));
    assertThat(log4j.getReferences()).contains("https://kb.example.org/log4j");
  }

  @Test
  void aHostIsAPlace() {
    Observation kernel = sample().only("CVE-2022-0847");
    assertEquals("i-0123", kernel.getPlace());
    assertEquals(Severity.CRITICAL, kernel.getRatings().get(0).getSeverity());
    assertEquals(ScannerState.SUPPRESSED, kernel.getScannerState());
    assertEquals("orchard", sample().scans().get(2).scanner().getName());
  }

  @Test
  void anUnknownStatusIsKeptAsReported() {
    String cve = ",\"vulnerabilities\":[{\"cve\":{\"uid\":\"CVE-2022-0847\"}}]";
    assertEquals(ScannerState.OPEN, only("\"status_id\":2" + cve).getScannerState());
    assertEquals(ScannerState.DISMISSED, only("\"status_id\":5" + cve).getScannerState());
    assertEquals(ScannerState.FIXED, only("\"status\":\"RESOLVED\"" + cve).getScannerState());
    Observation odd = only("\"status_id\":99,\"status\":\"Parked\"" + cve);
    assertEquals(ScannerState.UNKNOWN, odd.getScannerState());
    assertEquals("Parked", odd.getStateReason());
  }

  @Test
  void anUnknownSeverityIsKeptAsReported() {
    Observation odd =
        only("\"severity\":\"Odd\",\"vulnerabilities\":[{\"cve\":{\"uid\":\"CVE-2022-0847\"}}]");
    Rating first = odd.getRatings().get(0);
    assertEquals("Odd", first.getText());
    assertEquals(Severity.MEDIUM, first.getSeverity());
  }

  @Test
  void passesOverOtherClassesAndRefusesIfThereIsNothingElse() {
    String other = "{\"class_uid\":2003,\"compliance\":{}}";
    String mine = "{\"class_uid\":2002,\"vulnerabilities\":[{\"cve\":{\"uid\":\"CVE-2022-1\"}}]}";
    Outcome mixed = Outcome.of(reader(), other + mine);
    assertThat(mixed.observations()).hasSize(1);
    assertThat(mixed.warnings().toString()).contains("passed over");
    assertThat(Outcome.of(reader(), other).refusal()).contains("class 2002");
    assertTrue(!reader().recognises(new ReportHead(other, false)));
  }

  @Test
  void boundsWhatOneEventStandsFor() {
    String resource = "{\"uid\":\"i-1\"},".repeat(200);
    String name = "{\"name\":\"a\",\"version\":\"1\"},".repeat(200);
    Outcome outcome =
        event(
            "\"resources\":["
                + resource
                + "{}],\"vulnerabilities\":[{\"cve\":{\"uid\":\"CVE-2022-1\"},\"affected_packages\":["
                + name
                + "{}]}]");
    assertThat(outcome.observations()).hasSize(10_000);
    assertThat(outcome.warnings().toString()).contains("more than 10000 observations");
  }
}
