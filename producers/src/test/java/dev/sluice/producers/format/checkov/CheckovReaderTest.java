package dev.sluice.producers.format.checkov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckovReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new CheckovReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("checkov/several.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of(
        "planted-password-4", "planted.person", "planted-checkout", "plantedhashofasecretvalue");
  }

  private Outcome several() {
    return Outcome.of(reader(), Outcome.sample("checkov/several.json"));
  }

  @Test
  void everyCheckTypeIsAScan() {
    assertThat(several().scans())
        .extracting(scan -> scan.scope().getRuleset())
        .containsExactly("terraform", "sca_package", "secrets");
    assertEquals("3.2.500", several().scans().get(0).scanner().getVersion());
    assertEquals(List.of(2L, 1L, 1L), several().componentsSeen());
  }

  @Test
  void readsAFailedCheck() {
    Observation open = several().only("CKV_AWS_20");
    assertEquals(FindingKind.MISCONFIGURATION, open.getKind());
    assertEquals("infra/logs.tf", open.getLocation().getPath());
    assertEquals(3, open.getLocation().getStartLine());
    assertEquals(5, open.getLocation().getEndLine());
    assertEquals("aws_s3_bucket.logs", open.getResource().getAddress());
    assertEquals("terraform", open.getResource().getType());
    assertEquals("aws", open.getResource().getProvider());
    assertEquals(List.of("BC_AWS_S3_1"), open.getRelated());
    assertEquals(Severity.HIGH, open.getRatings().get(0).getSeverity());
    assertEquals(ScannerState.OPEN, open.getScannerState());
  }

  @Test
  void skippedChecksAreSuppressedAndPassedOnesAreNone() {
    Observation skipped = several().only("CKV_AWS_18");
    assertEquals(ScannerState.SUPPRESSED, skipped.getScannerState());
    assertEquals("it is the log", skipped.getStateReason());
    assertThat(several().observations()).noneMatch(o -> o.getNativeId().equals("CKV_AWS_1"));
  }

  @Test
  void readsPackagesAndSecrets() {
    Observation lodash = several().only("CVE-2021-23337");
    assertEquals("pkg:npm/lodash@4.17.20", lodash.getComponent().getPurl());
    assertEquals(List.of("4.17.21"), lodash.getFixedVersions());
    assertEquals("CKV_CVE_2021_23337", lodash.getProperties().get("check"));
    Observation secret = several().only("CKV_SECRET_6");
    assertEquals(FindingKind.SECRET, secret.getKind());
    assertNull(secret.getSecret().getHmac());
    assertEquals(
        Outcome.REDACTOR.hmac("plantedhashofasecretvalue"), secret.getSecret().getContextHash());
  }

  @Test
  void countersAloneAreAScanThatSawNothing() {
    Outcome outcome =
        Outcome.of(
            reader(),
            "{\"passed\":0,\"failed\":0,\"skipped\":0,\"resource_count\":0,\"checkov_version\":\"3\"}");
    assertTrue(outcome.read(), outcome.refusal());
    assertEquals(List.of(0L), outcome.componentsSeen());
    assertEquals(1, outcome.scans().size());
  }

  @Test
  void warnsAboutFilesThatWereNotChecked() {
    assertThat(several().warnings()).anyMatch(w -> w.reason().contains("not checked"));
  }
}
