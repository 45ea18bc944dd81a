package dev.sluice.producers.format.snyk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.Reachability;
import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.GoldenOutcome;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SnykReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new SnykReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("snyk/container.json", "snyk/projects.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("Sommerregen2026x", "ghp_abcdefghijklmnopqrstuvwxyz0123456789");
  }

  private Outcome sample(String name) {
    return Outcome.of(reader(), Outcome.sample("snyk/" + name));
  }

  @Test
  void readsItsSamplesAsBefore() throws IOException {
    for (String sample : samples()) {
      GoldenOutcome.check(reader(), sample);
    }
  }

  @Test
  void knowsTheImageBehindItsVulnerabilities() {
    ScanFacts facts = sample("container.json").scans().get(0);
    assertEquals("registry.example.org/shop/web", facts.asset());
    assertEquals("5.4.1", facts.version());
    assertEquals("linux/amd64", facts.scope().getPlatform());
    assertEquals(List.of(100L), sample("container.json").componentsSeen());
  }

  @Test
  void partsSourceAndBinaryPackage() {
    Observation libc = sample("container.json").only("SNYK-DEBIAN11-GLIBC-5894106");
    assertEquals("libc6", libc.getComponent().getName());
    assertEquals("glibc", libc.getComponent().getSourceName());
    assertEquals("debian-11", libc.getComponent().getDistro());
    assertEquals(List.of("CVE-2023-4911"), libc.getAliases());
    assertEquals(0.71, libc.getEpssScore());
  }

  @Test
  void readsTheApplicationsInAnImage() {
    Observation crypto = sample("container.json").only("SNYK-GOLANG-GOLANGORGXCRYPTOSSH-551923");
    assertThat(crypto.getComponent().getPurl()).startsWith("pkg:golang/golang.org/x/crypto@");
    assertEquals(List.of("CVE-2020-9283", "GHSA-ffhg-7mh4-33c4"), crypto.getAliases());
    assertEquals(Reachability.UNKNOWN, crypto.getReachability());
  }

  @Test
  void takesTheDependencyPathForThePlace() {
    List<Observation> twice =
        sample("projects.json").observations().stream()
            .filter(o -> o.getNativeId().equals("SNYK-JS-SANITIZEHTML-585892"))
            .toList();
    assertThat(twice)
        .extracting(o -> o.getComponent().getPlaces().get(0))
        .containsExactly("@shop/sanitize@1.4.2", "editor@3.1.0 > @shop/sanitize@1.4.2");
    assertThat(twice)
        .extracting(o -> o.getComponent().getDirectness())
        .containsExactly(Directness.DIRECT, Directness.TRANSITIVE);
    assertEquals("web/package-lock.json", twice.get(0).getPlace());
  }

  @Test
  void takesSeveralCvesForCoveredOnes() {
    Observation first = sample("projects.json").observations().get(0);
    assertEquals(List.of("CVE-2021-1111", "CVE-2021-2222"), first.getUpstream());
    assertThat(first.getAliases()).isEmpty();
    assertEquals(Reachability.CALLED, first.getReachability());
  }

  @Test
  void readsLicencesAndConfiguration() {
    Outcome outcome = sample("projects.json");
    assertEquals(FindingKind.LICENCE, outcome.only("snyk:lic:npm:left:GPL-3.0").getKind());
    Observation logging = outcome.only("SNYK-CC-TF-136");
    assertEquals(FindingKind.MISCONFIGURATION, logging.getKind());
    assertEquals("infra/main.tf", logging.getLocation().getPath());
    assertEquals(12, logging.getLocation().getStartLine());
  }

  @Test
  void readsWhatAPolicyIgnoresAsSuppressed() {
    Observation apt = sample("container.json").only("SNYK-DEBIAN11-APT-522585");
    assertEquals(ScannerState.SUPPRESSED, apt.getScannerState());
    assertEquals("not used at run time (until 2027-01-01T00:00:00.000Z)", apt.getStateReason());
  }

  @Test
  void refusesWhatSnykCouldNotTestWithItsReason() {
    String failed = "{\"ok\":false,\"error\":\"Authentication failed\",\"path\":\"/app\"}";
    assertThat(Outcome.of(reader(), failed).refusal()).contains("Snyk says: Authentication failed");
  }

  @Test
  void takesNothingForGoneWhereAProjectFailed() {
    String half =
        "[{\"ok\":true,\"vulnerabilities\":[]},{\"ok\":false,\"error\":\"x\",\"path\":\"/b\"}]";
    assertTrue(Outcome.of(reader(), half).scans().get(0).statement());
  }
}
