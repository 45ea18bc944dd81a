package dev.sluice.producers.format.staticcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StaticcheckReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new StaticcheckReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("staticcheck/array.json", "staticcheck/problems.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("staticcheck-secret");
  }

  @Override
  protected boolean emptyIsClean() {
    return true;
  }

  @Override
  protected boolean manyDocuments() {
    return true;
  }

  private Outcome problems() {
    return Outcome.of(reader(), Outcome.sample("staticcheck/problems.json"));
  }

  @Test
  void readsCheckPlaceAndSeverity() {
    Observation unused = problems().only("SA4006");
    assertEquals("book/entry.go", unused.getLocation().getPath());
    assertEquals(12, unused.getLocation().getStartLine());
    assertEquals(14, unused.getLocation().getEndLine());
    assertEquals(Severity.HIGH, unused.getRatings().get(0).getSeverity());
    assertEquals("this value of err is never used", unused.getFingerprints().get("fingerprint"));
    assertEquals(Severity.MEDIUM, problems().only("U1000").getRatings().get(0).getSeverity());
  }

  @Test
  void anEndOfZeroIsTheLineItself() {
    assertEquals(7, problems().only("U1000").getLocation().getEndLine());
  }

  @Test
  void whatIsIgnoredIsSuppressed() {
    assertEquals(ScannerState.SUPPRESSED, problems().only("SA9004").getScannerState());
  }

  @Test
  void aPackageThatDoesNotCompileIsAWarningAndLetsNothingBeResolved() {
    assertEquals(3, problems().observations().size());
    assertThat(problems().warnings()).anyMatch(w -> w.reason().contains("not looked at"));
    assertTrue(problems().scans().get(0).statement());
    Outcome whole = Outcome.of(reader(), Outcome.sample("staticcheck/array.json"));
    assertFalse(whole.scans().get(0).statement());
  }

  @Test
  void anEmptyReportIsAScanThatFoundNothing() {
    assertEquals(1, Outcome.of(reader(), "").scans().size());
  }
}
