package dev.sluice.producers.format.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.SecretValidity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretScanningReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new SecretScanningReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("github/secret-scanning-list.json", "github/secret-scanning-webhook.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("planted-key-of-the-sample", "webhook-comment-secret");
  }

  private List<Observation> list() {
    return Outcome.of(reader(), Outcome.sample("github/secret-scanning-list.json")).observations();
  }

  private Outcome webhook() {
    return Outcome.of(reader(), Outcome.sample("github/secret-scanning-webhook.json"));
  }

  @Test
  void keepsAKeyedHashOfTheSecret() {
    Observation open = list().get(0);
    assertEquals(Outcome.REDACTOR.hmac("planted-key-of-the-sample-1"), open.getSecret().getHmac());
    assertEquals("test-key", open.getSecret().getKeyId());
    assertEquals("adafruit_io_key", open.getSecret().getDetector());
    assertEquals("config/keys.env", open.getLocation().getPath());
    assertEquals(SecretValidity.LIVE, open.getSecret().getValidity());
  }

  @Test
  void onlyRevokingEndsASecret() {
    assertThat(list())
        .extracting(Observation::getScannerState)
        .containsExactly(
            ScannerState.OPEN, ScannerState.FIXED, ScannerState.DISMISSED, ScannerState.OPEN);
    assertEquals(SecretValidity.REVOKED, list().get(1).getSecret().getValidity());
    assertEquals("revoked", list().get(1).getStateReason());
  }

  @Test
  void tellsAHiddenSecretByItsAlert() {
    Observation listed = list().get(3);
    Observation sent = webhook().observations().get(0);
    assertNull(listed.getSecret().getHmac());
    assertEquals(listed.getSecret().getContextHash(), sent.getSecret().getContextHash());
    assertNull(listed.getLocation());
    assertEquals(ScannerState.DISMISSED, sent.getScannerState());
  }

  @Test
  void isAStatementAboutARepository() {
    assertTrue(webhook().scans().get(0).statement());
    assertEquals("github.com/acme/ledger", webhook().scans().get(0).asset());
  }
}
