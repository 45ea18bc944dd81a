package dev.sluice.producers.format.grype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.events.FixState;
import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GrypeReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new GrypeReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("grype/image.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("abcdef0123456789abcdef");
  }

  private Outcome image() {
    return Outcome.of(reader(), Outcome.sample("grype/image.json"));
  }

  @Test
  void knowsTheScanBeforeItsMatches() {
    ScanFacts facts = image().scans().get(0);
    assertEquals("registry.example.org/shop/web", facts.asset());
    assertEquals("5.4.1", facts.version());
    assertEquals("sha256:" + "3".repeat(64), facts.digest());
    assertEquals("0.110.0", facts.scanner().getVersion());
    assertEquals("v6.1.4", facts.scanner().getDatabaseVersion());
    assertEquals(Instant.parse("2026-03-01T06:25:00Z"), facts.scanner().getDatabaseBuiltAt());
    assertEquals(Instant.parse("2026-03-02T09:20:30.5Z"), facts.time());
    assertEquals(List.of("exclude=./docs/**", "only-fixed"), facts.scope().getFilters());
    assertEquals("linux/amd64", facts.scope().getPlatform());
  }

  @Test
  void takesTheOneCveOfAnAdvisoryForItsAlias() {
    Observation token = image().only("GHSA-c7hr-j4mj-j2w6");
    assertEquals(List.of("CVE-2015-9235"), token.getAliases());
    assertThat(token.getUpstream()).isEmpty();
  }

  @Test
  void takesTheCvesOfADistributionsAdvisoryForCoveredOnes() {
    Observation covering = image().only("ALAS-2024-2607");
    assertEquals(List.of("CVE-2024-39689", "CVE-2024-39690"), covering.getUpstream());
    assertThat(covering.getAliases()).isEmpty();
  }

  @Test
  void takesSeveralCvesOfAnAdvisoryForRelatedOnes() {
    Outcome outcome =
        Outcome.of(
            reader(),
            "{\"matches\":[{\"vulnerability\":{\"id\":\"GHSA-c7hr-j4mj-j2w6\",\"severity\":\"Low\"},"
                + "\"relatedVulnerabilities\":[{\"id\":\"CVE-2024-1111\"},{\"id\":\"CVE-2024-2222\"}],"
                + "\"artifact\":{\"name\":\"a\",\"version\":\"1\"}}]}");
    Observation two = outcome.only("GHSA-c7hr-j4mj-j2w6");
    assertThat(two.getAliases()).isEmpty();
    assertEquals(List.of("CVE-2024-1111", "CVE-2024-2222"), two.getRelated());
  }

  @Test
  void readsPackagePlacesSourceAndFix() {
    Observation token = image().only("GHSA-c7hr-j4mj-j2w6");
    assertEquals(
        List.of("app/node_modules/jsonwebtoken/package.json", "opt/copy/package.json"),
        token.getComponent().getPlaces());
    assertEquals(2, token.getComponent().getPlaceCount());
    assertEquals(List.of("4.2.2"), token.getFixedVersions());
    assertEquals(FixState.FIXED, token.getFixState());
    Observation libc = image().only("CVE-2010-4756");
    assertEquals("glibc", libc.getComponent().getSourceName());
    assertEquals(FixState.WONT_FIX, libc.getFixState());
  }

  @Test
  void keepsRatingsOfTheMatchAndOfTheRelated() {
    Observation token = image().only("GHSA-c7hr-j4mj-j2w6");
    assertEquals(Severity.CRITICAL, token.getRatings().get(0).getSeverity());
    assertEquals("ghsa", token.getRatings().get(0).getSource());
    assertThat(token.getRatings())
        .extracting(r -> r.getSource() + ":" + r.getMethod() + ":" + r.getSeverity())
        .contains("ghsa:cvss3.1:CRITICAL", "nvd:cvss2:HIGH", "nvd:null:HIGH");
    assertEquals("debian", image().only("CVE-2010-4756").getRatings().get(0).getSource());
    assertEquals(
        Severity.NEGLIGIBLE, image().only("CVE-2010-4756").getRatings().get(0).getSeverity());
  }

  @Test
  void keepsExploitationAndWeakness() {
    Observation token = image().only("GHSA-c7hr-j4mj-j2w6");
    assertEquals(0.00163, token.getEpssScore());
    assertEquals(0.37957, token.getEpssPercentile());
    assertEquals(true, token.getKev());
    assertEquals(List.of(20), token.getCwes());
  }

  @Test
  void readsIgnoredMatchesAsSuppressed() {
    Observation ignored = image().only("CVE-2022-0001");
    assertEquals(ScannerState.SUPPRESSED, ignored.getScannerState());
    assertEquals("ignore rule: reason=headers only", ignored.getStateReason());
  }

  @Test
  void refusesAReportWithoutMatches() {
    assertThat(Outcome.of(reader(), "{\"descriptor\":{\"name\":\"grype\"}}").refusal())
        .contains("no list of matches");
  }
}
