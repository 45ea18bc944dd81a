package dev.sluice.producers.format.openvex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.FixState;
import dev.sluice.events.Observation;
import dev.sluice.events.Reachability;
import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenVexReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new OpenVexReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("openvex/govulncheck.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("vex-secret-password");
  }

  private Outcome statements() {
    return Outcome.of(reader(), Outcome.sample("openvex/govulncheck.json"));
  }

  @Test
  void isAStatementOfGovulncheck() {
    assertTrue(statements().scans().get(0).statement());
    assertEquals("govulncheck", statements().scans().get(0).scanner().getName());
    assertEquals(Instant.parse("2026-03-01T10:00:00Z"), statements().scans().get(0).time());
  }

  @Test
  void keepsEveryStatus() {
    assertThat(statements().observations())
        .extracting(Observation::getScannerState)
        .containsExactly(
            ScannerState.OPEN, ScannerState.SUPPRESSED, ScannerState.OPEN, ScannerState.FIXED);
    Observation clear = statements().only("GO-2021-0113");
    assertEquals("not_affected: vulnerable_code_not_in_execute_path", clear.getStateReason());
    assertEquals(Reachability.IMPORTED, clear.getReachability());
    assertEquals(FixState.NOT_AFFECTED, clear.getFixState());
    assertEquals(FixState.UNDER_INVESTIGATION, statements().only("GO-2026-0001").getFixState());
  }

  @Test
  void readsTheModuleOfAnEscapedPurl() {
    Observation affected = statements().only("GO-2021-0265");
    assertEquals("pkg:golang/github.com/tidwall/gjson@v1.6.5", affected.getComponent().getPurl());
    assertEquals("v1.6.5", affected.getComponent().getVersion());
    assertEquals(List.of("CVE-2021-42248"), affected.getAliases());
  }

  @Test
  void doesNotTakeAVendorsDocumentForAReport() {
    String vendors =
        new String(Outcome.sample("openvex/govulncheck.json"), StandardCharsets.UTF_8)
            .replace("govulncheck", "vexctl");
    assertFalse(reader().recognises(new ReportHead(vendors, false)));
  }
}
