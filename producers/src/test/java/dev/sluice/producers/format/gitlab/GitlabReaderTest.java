package dev.sluice.producers.format.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Observation;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GitlabReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new GitlabReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of(
        "gitlab/container.json",
        "gitlab/dependency.json",
        "gitlab/sast.json",
        "gitlab/secrets.json",
        "gitlab/dast.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("container-secret-token", "sast-message-secret", "gl-planted-secret-value");
  }

  private Outcome read(String name) {
    return Outcome.of(reader(), Outcome.sample("gitlab/" + name + ".json"));
  }

  @Test
  void readsAPackageOfADistribution() {
    Observation found = read("container").only("CVE-2026-1001");
    assertEquals(
        "pkg:apk/alpine/libcrypto3@3.1.4-r0?distro=alpine-3.19.1", found.getComponent().getPurl());
    assertEquals(List.of("3.1.5-r0"), found.getFixedVersions());
    assertEquals(Severity.HIGH, found.getRatings().get(0).getSeverity());
    assertEquals("cvss3.1", found.getRatings().get(1).getMethod());
    assertEquals(List.of(400), found.getCwes());
  }

  @Test
  void doesNotTakeAPackageOfALanguageForOneOfTheDistribution() {
    Observation found = read("container").only("CVE-2026-1002");
    assertEquals("", found.getComponent().getEcosystem());
    assertEquals(List.of("GHSA-2222-3333-4444"), found.getAliases());
    assertEquals(List.of("USN-1-1"), found.getRelated());
    assertEquals(FixState.UNKNOWN, found.getFixState());
  }

  @Test
  void readsImageTimeScannerAndTypeOfTheScan() {
    ScanFacts facts = read("container").scans().get(0);
    assertEquals("registry.example.org/acme/pay", facts.asset());
    assertEquals("5.2.1", facts.version());
    assertEquals("trivy", facts.scanner().getName());
    assertEquals("0.60.0", facts.scanner().getVersion());
    assertEquals(Instant.parse("2026-03-01T10:05:00Z"), facts.time());
    assertEquals("container_scanning", facts.scope().getRuleset());
    assertFalse(facts.statement());
  }

  @Test
  void readsADependencyAndCountsAll() {
    Observation found = read("dependency").only("CVE-2026-2001");
    assertEquals("pkg:npm/lodash@4.17.20", found.getComponent().getPurl());
    assertEquals(Directness.DIRECT, found.getComponent().getDirectness());
    assertEquals(List.of("web/yarn.lock"), found.getComponent().getPlaces());
    assertEquals(List.of("4.17.21", "5.0.1"), found.getFixedVersions());
    assertEquals(List.of("GHSA-5555-6666-7777"), found.getAliases());
    assertEquals(List.of(4L), read("dependency").componentsSeen());
  }

  @Test
  void readsAWeaknessOfCodeWithItsSignatures() {
    Observation found = read("sast").only("bandit.B307");
    assertEquals(FindingKind.CODE_WEAKNESS, found.getKind());
    assertEquals("src/run.py", found.getLocation().getPath());
    assertEquals("Runner.run", found.getLocation().getSymbol());
    assertEquals(List.of(95), found.getCwes());
    assertEquals("src/run.py|Runner[0]|run[0]:2", found.getFingerprints().get("fingerprint"));
    assertEquals("flagged-as-likely-false-positive", found.getProperties().get("flag"));
    assertEquals(Outcome.REDACTOR.snippetHash("eval(x)"), found.getLocation().getSnippetHash());
  }

  @Test
  void aScanThatFailedResolvesNothing() {
    assertTrue(read("sast").scans().get(0).statement());
  }

  @Test
  void keepsAKeyedHashOfASecret() {
    Observation found = read("secrets").only("gitlab_pat");
    assertEquals(Outcome.REDACTOR.hmac("gl-planted-secret-value"), found.getSecret().getHmac());
    assertEquals("config/app.yml", found.getLocation().getPath());
    assertEquals("GitLab personal access token", found.getTitle());
  }

  @Test
  void readsWhereAWebPageIsWeak() {
    Observation found = read("dast").only("40012");
    assertEquals("/search", found.getLocation().getPath());
    assertEquals("GET q", found.getLocation().getSymbol());
    assertThat(found.getCwes()).containsExactly(79);
  }
}
