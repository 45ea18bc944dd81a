package dev.sluice.producers.format.hadolint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HadolintReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new HadolintReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("hadolint/violations.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("planted-password-3");
  }

  private Outcome violations() {
    return Outcome.of(reader(), Outcome.sample("hadolint/violations.json"));
  }

  @Test
  void readsCodeLevelAndPlace() {
    Observation pin = violations().only("DL3008");
    assertEquals(FindingKind.MISCONFIGURATION, pin.getKind());
    assertEquals("build/Dockerfile", pin.getResource().getAddress());
    assertEquals(4, pin.getLocation().getStartLine());
    assertEquals(Severity.MEDIUM, pin.getRatings().get(0).getSeverity());
    assertEquals(List.of("https://github.com/hadolint/hadolint/wiki/DL3008"), pin.getReferences());
    assertEquals(
        Severity.NEGLIGIBLE, violations().only("DL4006").getRatings().get(0).getSeverity());
  }

  @Test
  void anEmptyArrayIsAScanThatFoundNothing() {
    Outcome outcome = Outcome.of(reader(), "[]");
    assertTrue(outcome.read(), outcome.refusal());
    assertEquals(1, outcome.scans().size());
    assertThat(outcome.observations()).isEmpty();
  }
}
