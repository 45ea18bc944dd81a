package dev.sluice.producers.format.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CodeScanningReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new CodeScanningReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("github/code-scanning-list.json", "github/code-scanning-webhook.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("message-secret-value");
  }

  private Outcome list() {
    return Outcome.of(reader(), Outcome.sample("github/code-scanning-list.json"));
  }

  private Outcome webhook() {
    return Outcome.of(reader(), Outcome.sample("github/code-scanning-webhook.json"));
  }

  @Test
  void readsRulePlaceAndSeverity() {
    Observation open = list().observations().get(0);
    assertEquals("go/sql-injection", open.getNativeId());
    assertEquals("db/query.go", open.getLocation().getPath());
    assertEquals(10, open.getLocation().getStartLine());
    assertEquals(List.of(89), open.getCwes());
    assertEquals(Severity.HIGH, open.getRatings().get(0).getSeverity());
    assertEquals("sarif-level", open.getRatings().get(1).getSource());
    assertEquals("github-alert-1", open.getFingerprints().get("fingerprint"));
  }

  @Test
  void keepsEveryStateWithItsReason() {
    assertThat(list().observations())
        .extracting(Observation::getScannerState)
        .containsExactly(ScannerState.OPEN, ScannerState.DISMISSED, ScannerState.FIXED);
    assertEquals("false positive: looked at it", list().observations().get(1).getStateReason());
  }

  @Test
  void isAStatementOfTheToolOnABranchOrATag() {
    ScanFacts main = list().scans().get(0);
    assertTrue(main.statement());
    assertEquals("codeql", main.scanner().getName());
    assertEquals("2.20.1", main.scanner().getVersion());
    assertEquals("/language:go", main.scope().getRuleset());
    assertEquals("main", main.branch());
    assertEquals("v1.2.0", list().scans().get(1).version());
  }

  @Test
  void takesTheStateOfTheInstanceWhereTheAlertHasNone() {
    assertEquals(ScannerState.FIXED, webhook().observations().get(0).getScannerState());
  }

  @Test
  void leavesThePullRequestToBeSeenInTheBranch() {
    ScanFacts facts = webhook().scans().get(0);
    assertEquals("refs/pull/7/merge", facts.branch());
    assertEquals("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", facts.commit());
    assertEquals("github.com/acme/ledger", facts.asset());
  }
}
