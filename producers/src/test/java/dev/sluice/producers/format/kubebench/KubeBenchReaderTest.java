package dev.sluice.producers.format.kubebench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KubeBenchReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new KubeBenchReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("kubebench/controls.json", "kubebench/array.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("planted-token-1");
  }

  @Test
  void onlyChecksThatFailedAreObservations() {
    for (String sample : samples()) {
      Outcome outcome = Outcome.of(reader(), Outcome.sample(sample));
      assertEquals(1, outcome.observations().size());
      Observation failed = outcome.only("4.1.1");
      assertEquals(FindingKind.MISCONFIGURATION, failed.getKind());
      assertEquals("node", failed.getResource().getAddress());
      assertEquals("chmod 600 it", failed.getDescription());
      assertEquals("Worker Node Configuration Files", failed.getProperties().get("section"));
    }
  }

  @Test
  void theBenchmarkIsTheScopeAndAllChecksAreCounted() {
    for (String sample : samples()) {
      Outcome outcome = Outcome.of(reader(), Outcome.sample(sample));
      assertEquals("cis-1.8", outcome.scans().get(0).scope().getRuleset());
      assertEquals(List.of(3L), outcome.componentsSeen());
    }
  }

  @Test
  void readsASingleControl() {
    String array = new String(Outcome.sample("kubebench/array.json"), StandardCharsets.UTF_8);
    String single = array.strip().replaceAll("^\\[|\\]$", "");
    assertEquals(1, Outcome.of(reader(), single).observations().size());
  }
}
