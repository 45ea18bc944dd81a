package dev.sluice.producers.format.dependencycheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.XmlScanReaderContractTest;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DependencyCheckReaderTest extends XmlScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new DependencyCheckReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("dependencycheck/report.json");
  }

  @Override
  protected List<String> xmlSamples() {
    return List.of("dependencycheck/report.xml");
  }

  @Override
  protected List<String> secrets() {
    return List.of("planted-evidence");
  }

  private static String xml() {
    return new String(Outcome.sample("dependencycheck/report.xml"), StandardCharsets.UTF_8);
  }

  private Outcome json() {
    return Outcome.of(reader(), Outcome.sample("dependencycheck/report.json"));
  }

  @Test
  void readsTheScan() {
    ScanFacts facts = json().scans().get(0);
    assertEquals("12.1.0", facts.scanner().getVersion());
    assertEquals(Instant.parse("2026-02-10T22:15:00Z"), facts.scanner().getDatabaseBuiltAt());
    assertEquals(Instant.parse("2026-02-11T09:15:00.123Z"), facts.time());
    assertEquals("1.4.0", facts.version());
    assertEquals(List.of(2L), json().componentsSeen());
  }

  @Test
  void readsAVulnerability() {
    Observation shell = json().only("CVE-2021-44228");
    assertEquals(
        "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1", shell.getComponent().getPurl());
    assertEquals("org.apache.logging.log4j:log4j-core", shell.getComponent().getName());
    assertEquals("2.14.1", shell.getComponent().getVersion());
    assertEquals(
        List.of("lib/log4j-core-2.14.1.jar", "old/copy.jar"), shell.getComponent().getPlaces());
    assertEquals(Severity.CRITICAL, shell.getRatings().get(0).getSeverity());
    assertEquals("nvd", shell.getRatings().get(0).getSource());
    assertEquals(9.3, shell.getRatings().get(1).getScore());
    assertEquals(List.of(20, 917), shell.getCwes());
    assertEquals(true, shell.getKev());
  }

  @Test
  void keepsWhatIsSuppressed() {
    Observation suppressed = json().only("CVE-2021-45105");
    assertEquals(ScannerState.SUPPRESSED, suppressed.getScannerState());
    assertEquals("no lookups here", suppressed.getStateReason());
  }

  @Test
  void readsXmlAlike() {
    assertTrue(reader().recognises(new ReportHead(xml(), false)));
    Outcome outcome = Outcome.of(reader(), xml());
    assertEquals(json().observations(), outcome.observations());
    assertEquals(json().scans(), outcome.scans());
    assertEquals(json().componentsSeen(), outcome.componentsSeen());
  }

  @Test
  void refusesEveryTruncationOfXml() {
    String whole = xml().strip();
    Random random = new Random(20_260_301);
    for (int i = 0; i < 200; i++) {
      assertTrue(!Outcome.of(reader(), whole.substring(0, random.nextInt(whole.length()))).read());
    }
  }

  @Test
  void refusesReportsWithoutDependenciesAndDocumentTypes() {
    assertThat(Outcome.of(reader(), "<analysis><scanInfo/></analysis>").refusal())
        .contains("no list of dependencies");
    assertThat(Outcome.of(reader(), "<!DOCTYPE analysis><analysis/>").refusal())
        .contains("document type");
    assertThat(Outcome.of(reader(), "{\"scanInfo\":{},\"projectInfo\":{}}").refusal())
        .contains("no list of dependencies");
  }
}
