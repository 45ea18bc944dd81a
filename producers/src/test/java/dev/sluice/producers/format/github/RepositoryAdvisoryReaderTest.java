package dev.sluice.producers.format.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.DisclosureStep;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RepositoryAdvisoryReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new RepositoryAdvisoryReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("github/advisory-reported.json", "github/advisory-list.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("advisory-secret-token");
  }

  private Outcome reported() {
    return Outcome.of(reader(), Outcome.sample("github/advisory-reported.json"));
  }

  private Outcome list() {
    return Outcome.of(reader(), Outcome.sample("github/advisory-list.json"));
  }

  @Test
  void aReportInPrivateIsAPrivateReport() {
    Observation report = reported().only("GHSA-aaaa-2222-3333");
    assertEquals(FindingKind.REPORTED_VULNERABILITY, report.getKind());
    assertEquals(DisclosureStep.REPORTED, report.getReport().getStep());
    assertEquals("GHSA-aaaa-2222-3333", report.getReport().getReportId());
    assertEquals(Instant.parse("2026-03-01T10:00:00Z"), report.getReport().getReportedAt());
    assertEquals("github.com/acme/ledger < 5.2.1", report.getReport().getAffectedVersions());
    assertEquals(List.of("5.2.1"), report.getFixedVersions());
    assertEquals(Severity.HIGH, report.getRatings().get(0).getSeverity());
    assertEquals(List.of(862), report.getCwes());
  }

  @Test
  void isAStatementAboutTheRepository() {
    assertTrue(reported().scans().get(0).statement());
    assertEquals("github.com/acme/ledger", reported().scans().get(0).asset());
    assertEquals("github.com/acme/ledger", list().scans().get(0).asset());
  }

  @Test
  void onlyWhatIsPublishedIsDisclosed() {
    assertThat(list().observations())
        .extracting(o -> o.getReport().getStep())
        .containsExactly(
            DisclosureStep.DISCLOSED, DisclosureStep.ACKNOWLEDGED, DisclosureStep.REJECTED);
    assertEquals(ScannerState.DISMISSED, list().observations().get(2).getScannerState());
  }

  @Test
  void anUnknownStateStaysUnderEmbargo() {
    String report =
        "{\"action\":\"edited\",\"repository_advisory\":{\"ghsa_id\":\"GHSA-1\",\"state\":\"?\"}}";
    assertEquals(
        DisclosureStep.REPORTED, Outcome.of(reader(), report).only("GHSA-1").getReport().getStep());
  }
}
