package dev.sluice.producers.format.gosec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GosecReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new GosecReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("gosec/issues.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("correct-horse-battery");
  }

  private Outcome issues() {
    return Outcome.of(reader(), Outcome.sample("gosec/issues.json"));
  }

  @Test
  void readsVersionFilesAndPlace() {
    Outcome outcome = issues();
    assertEquals("2.22.0", outcome.scans().get(0).scanner().getVersion());
    assertEquals(List.of(20L), outcome.componentsSeen());
    Observation login = outcome.only("G101");
    assertEquals("internal/login.go", login.getLocation().getPath());
    assertEquals(12, login.getLocation().getStartLine());
    assertEquals(List.of(798), login.getCwes());
    assertEquals(Severity.HIGH, login.getRatings().get(0).getSeverity());
    assertEquals("app.go", outcome.only("G104").getLocation().getPath());
  }

  @Test
  void readsALineRangeAndAWindowsPath() {
    Observation range = issues().only("G304");
    assertEquals("work/shop/main.go", range.getLocation().getPath());
    assertEquals(36, range.getLocation().getStartLine());
    assertEquals(39, range.getLocation().getEndLine());
  }

  @Test
  void keepsSuppressedIssues() {
    Observation suppressed = issues().only("G304");
    assertEquals(ScannerState.SUPPRESSED, suppressed.getScannerState());
    assertEquals("inSource: path is checked", suppressed.getStateReason());
    assertEquals(ScannerState.OPEN, issues().only("G101").getScannerState());
  }

  @Test
  void hashesTheLineOfTheIssueAndNotItsNeighbours() {
    String code = "11: a\n12: \tdbPassword := f()\n13: b\n";
    assertEquals("\tdbPassword := f()\n", GosecIssue.causeOf(code, 12, 12));
    assertEquals("just code", GosecIssue.causeOf("just code", 12, 12));
  }

  @Test
  void hashesTheSameForAnyValueOfAHardCodedPassword() {
    String other =
        new String(Outcome.sample("gosec/issues.json"), java.nio.charset.StandardCharsets.UTF_8)
            .replace("correct-horse-battery", "another-password-now");
    assertEquals(
        issues().only("G101").getLocation().getSnippetHash(),
        Outcome.of(reader(), other).only("G101").getLocation().getSnippetHash());
  }

  @Test
  void warnsAboutFilesThatWereNotLookedAt() {
    assertThat(issues().warnings()).anyMatch(w -> w.reason().contains("not looked at"));
  }
}
