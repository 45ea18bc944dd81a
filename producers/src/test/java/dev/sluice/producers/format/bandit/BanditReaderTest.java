package dev.sluice.producers.format.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.events.Observation;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BanditReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new BanditReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("bandit/issues.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("planted-password-2");
  }

  private Outcome issues() {
    return Outcome.of(reader(), Outcome.sample("bandit/issues.json"));
  }

  @Test
  void readsPlaceSeverityAndTime() {
    Observation shell = issues().only("B602");
    assertEquals("app/run.py", shell.getLocation().getPath());
    assertEquals(21, shell.getLocation().getStartLine());
    assertEquals(22, shell.getLocation().getEndLine());
    assertEquals(Severity.HIGH, shell.getRatings().get(0).getSeverity());
    assertEquals("HIGH", shell.getProperties().get("confidence"));
    assertEquals(Instant.parse("2026-02-11T09:15:00Z"), issues().scans().get(0).time());
    assertEquals(List.of(2L), issues().componentsSeen());
    assertEquals(12, issues().only("B105").getLocation().getStartColumn());
    assertEquals(List.of(259), issues().only("B105").getCwes());
  }

  @Test
  void cutsThePasswordFromTheText() {
    assertEquals("Possible hardcoded password", issues().only("B105").getTitle());
  }

  @Test
  void hashesTheLinesOfTheIssueAndNotItsNeighbours() {
    String moved =
        new String(Outcome.sample("bandit/issues.json"), StandardCharsets.UTF_8)
            .replace("20 def run(command)", "25 def other(text)")
            .replace("\\n21 ", "\\n26 ")
            .replace("\\n22 ", "\\n27 ")
            .replace("[21, 22]", "[26, 27]");
    Observation there = Outcome.of(reader(), moved).only("B602");
    assertEquals(26, there.getLocation().getStartLine());
    assertEquals(
        issues().only("B602").getLocation().getSnippetHash(), there.getLocation().getSnippetHash());
  }

  @Test
  void warnsAboutFilesThatWereNotLookedAt() {
    assertThat(issues().warnings()).anyMatch(w -> w.reason().contains("not looked at"));
  }
}
