package dev.sluice.producers.format.clair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.events.Component;
import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.GoldenOutcome;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClairReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new ClairReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("clair/v4.json", "clair/scanner.json", "clair/klar.json", "clair/quay.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("Sommerregen2026x", "ghp_abcdefghijklmnopqrstuvwxyz0123456789");
  }

  private Outcome sample(String name) {
    return Outcome.of(reader(), Outcome.sample("clair/" + name));
  }

  @Test
  void readsItsSamplesAsBefore() throws IOException {
    for (String sample : samples()) {
      GoldenOutcome.check(reader(), sample);
    }
  }

  @Test
  void reportsAVulnerabilityOnceForEachPackageWhateverTheOrderOfTheMaps() {
    assertThat(sample("v4.json").observations())
        .extracting(o -> o.getNativeId() + " " + o.getComponent().getName())
        .containsExactly(
            "CVE-2022-37434 zlib1g",
            "RHSA-2023:5837 zlib1g",
            "RHSA-2023:5837 libnghttp2",
            "CVE-2021-43618 libnghttp2");
  }

  @Test
  void namesSourcePackageDistributionAndLayer() {
    Component zlib = sample("v4.json").only("CVE-2022-37434").getComponent();
    assertEquals(
        "pkg:deb/debian/zlib1g@1:1.2.11.dfsg-2?arch=amd64&distro=debian-11",
        zlib.getPurl().replace("%3A", ":"));
    assertEquals("zlib", zlib.getSourceName());
    assertEquals("debian-11", zlib.getDistro());
    assertEquals("sha256:aa", zlib.getLayer());
  }

  @Test
  void takesTheCvesOfAnAdvisoryForCoveredOnes() {
    Observation covering = sample("v4.json").observations().get(1);
    assertEquals(List.of("CVE-2023-44487"), covering.getUpstream());
    assertThat(covering.getAliases()).isEmpty();
  }

  @Test
  void saysWhatIsListedAndNotDescribed() {
    assertThat(sample("v4.json").warnings())
        .extracting(Object::toString)
        .contains(
            "$.package_vulnerabilities: lists 1 vulnerabilities that the report does not describe");
  }

  @Test
  void takesTheDefconOfOldForCritical() {
    Observation perl = sample("klar.json").only("RHSA-2019:0109");
    assertEquals(Severity.CRITICAL, perl.getRatings().get(0).getSeverity());
    assertEquals("Defcon1", perl.getRatings().get(0).getText());
  }

  @Test
  void readsWhatTheWhiteListApprovesAsSuppressed() {
    Outcome outcome = sample("scanner.json");
    assertEquals(ScannerState.SUPPRESSED, outcome.only("CVE-2018-20839").getScannerState());
    assertEquals(ScannerState.OPEN, outcome.only("CVE-2019-13050").getScannerState());
  }

  @Test
  void countsThePackagesThatWereLookedAt() {
    assertEquals(List.of(2L), sample("v4.json").componentsSeen());
    assertEquals(List.of(2L), sample("quay.json").componentsSeen());
  }

  @Test
  void refusesAReportOfPackagesAlone() {
    assertThat(Outcome.of(reader(), "{\"manifest_hash\":\"sha256:1\",\"packages\":{}}").refusal())
        .contains("index report");
    assertThat(Outcome.of(reader(), "{\"status\":\"queued\",\"data\":null}").refusal())
        .contains("wait until Clair has scanned");
  }
}
