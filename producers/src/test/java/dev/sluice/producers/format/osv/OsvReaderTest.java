package dev.sluice.producers.format.osv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.Reachability;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.GoldenOutcome;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OsvReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new OsvReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("osv/v2.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("Sommerregen2026x");
  }

  private Outcome sample() {
    return Outcome.of(reader(), Outcome.sample("osv/v2.json"));
  }

  @Test
  void readsItsSamplesAsBefore() throws IOException {
    GoldenOutcome.check(reader(), "osv/v2.json");
  }

  @Test
  void neverTakesTheCvesThatAnAdvisoryCoversForAliases() {
    Observation covering = sample().only("DSA-4963-1");
    assertThat(covering.getAliases()).isEmpty();
    assertEquals(
        List.of("CVE-2021-3711", "CVE-2021-3712", "DEBIAN-CVE-2021-3711"), covering.getUpstream());
  }

  @Test
  void takesAliasesForTheSame() {
    Observation go = sample().only("GO-2021-0053");
    assertEquals(List.of("CVE-2021-3121", "GHSA-c3h9-896r-86jm"), go.getAliases());
    assertThat(go.getRelated()).hasSize(1);
  }

  @Test
  void keepsBinaryAndSourcePackage() {
    Observation covering = sample().only("DSA-4963-1");
    assertEquals("libssl1.1", covering.getComponent().getName());
    assertEquals("openssl", covering.getComponent().getSourceName());
    assertEquals(
        "pkg:deb/debian/libssl1.1@1.1.1k-1?distro=debian-11", covering.getComponent().getPurl());
  }

  @Test
  void takesFixesOfTheInstalledReleaseOnly() {
    assertEquals(List.of("1.1.1k-1+deb11u1"), sample().only("DSA-4963-1").getFixedVersions());
  }

  @Test
  void takesTheDatabasesWordElseTheScore() {
    assertEquals("HIGH", sample().only("GHSA-c3h9-896r-86jm").getRatings().get(0).getText());
    assertEquals(Severity.CRITICAL, sample().only("DSA-4963-1").getRatings().get(0).getSeverity());
    assertEquals(9.8, sample().only("DSA-4963-1").getRatings().get(0).getScore());
  }

  @Test
  void tellsWhatIsNotCalledFromWhatIsUnimportant() {
    assertEquals(Reachability.NOT_REACHABLE, sample().only("GO-2021-0053").getReachability());
    Observation glob = sample().only("DEBIAN-CVE-2010-4756");
    assertEquals(Reachability.UNKNOWN, glob.getReachability());
    assertThat(glob.getRatings())
        .extracting(r -> r.getSource() + ":" + r.getText())
        .contains("debian:unimportant");
  }

  @Test
  void readsLicencesThatAreNotAllowed() {
    Observation licence = sample().only("AGPL-3.0");
    assertEquals(FindingKind.LICENCE, licence.getKind());
    assertEquals(List.of("licences"), sample().scans().get(0).scope().getFilters());
  }

  @Test
  void takesAnEmptyListForCleanAndRefusesNone() {
    assertThat(Outcome.of(reader(), "{\"results\":[]}").read()).isTrue();
    assertThat(Outcome.of(reader(), "{\"experimental_config\":{}}").refusal())
        .contains("no list of results");
  }
}
