package dev.sluice.producers.format.gitleaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GitleaksReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new GitleaksReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("gitleaks/leaks.json", "gitleaks/legacy.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of(
        "planted-value-of-aws-1",
        "planted-value-of-old-2",
        "planted-login-3",
        "Planted Person",
        "planted.person",
        "planted message");
  }

  private Outcome leaks() {
    return Outcome.of(reader(), Outcome.sample("gitleaks/leaks.json"));
  }

  @Test
  void readsPlaceCommitAndEntropy() {
    Observation aws = leaks().only("aws-access-token");
    assertEquals(FindingKind.SECRET, aws.getKind());
    assertEquals("deploy/vars.tf", aws.getLocation().getPath());
    assertEquals(7, aws.getLocation().getStartLine());
    assertEquals(34, aws.getLocation().getEndColumn());
    assertEquals("0f4d9c6a1b2e3f40516273849a5b6c7d8e9fa0b1", aws.getProperties().get("commit"));
    assertEquals("3.71", aws.getProperties().get("entropy"));
    assertEquals("cloud, key", aws.getProperties().get("tags"));
    assertThat(aws.getFingerprints()).containsKey("gitleaks");
  }

  @Test
  void keepsAKeyedHashOfTheValueAndAnotherOfTheLine() {
    Observation aws = leaks().only("aws-access-token");
    assertEquals(Outcome.REDACTOR.hmac("planted-value-of-aws-1"), aws.getSecret().getHmac());
    assertEquals("test-key", aws.getSecret().getKeyId());
    assertNotNull(aws.getSecret().getContextHash());
    String other =
        new String(Outcome.sample("gitleaks/leaks.json"), StandardCharsets.UTF_8)
            .replace("planted-value-of-aws-1", "planted-value-of-aws-9");
    Observation changed = Outcome.of(reader(), other).only("aws-access-token");
    assertNotEquals(aws.getSecret().getHmac(), changed.getSecret().getHmac());
    assertEquals(aws.getSecret().getContextHash(), changed.getSecret().getContextHash());
  }

  @Test
  void identifiesAMaskedSecretByItsLine() {
    Observation masked = leaks().only("generic-api-key");
    assertNull(masked.getSecret().getHmac());
    assertNotNull(masked.getSecret().getContextHash());
    assertEquals("app/settings.py", masked.getLocation().getPath());
    assertNull(masked.getLocation().getStartLine());
    assertEquals("generic-api-key", masked.getTitle());
  }

  @Test
  void readsTheFormBeforeVersionEight() {
    Outcome outcome = Outcome.of(reader(), Outcome.sample("gitleaks/legacy.json"));
    Observation old = outcome.only("Password in YAML");
    assertEquals(21, old.getLocation().getStartLine());
    assertEquals("https://github.com/acme/pay.git", outcome.scans().get(0).asset());
    assertEquals("key, yaml", old.getProperties().get("tags"));
  }

  @Test
  void anEmptyArrayAndNullAreScansThatFoundNothing() {
    for (String empty : List.of("[]", "null")) {
      Outcome outcome = Outcome.of(reader(), empty);
      assertTrue(outcome.read(), outcome.refusal());
      assertEquals(1, outcome.scans().size());
      assertThat(outcome.observations()).isEmpty();
    }
  }
}
