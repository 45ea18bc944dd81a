package dev.sluice.producers.format.trufflehog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sluice.events.Observation;
import dev.sluice.events.SecretValidity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrufflehogReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new TrufflehogReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("trufflehog/v3.json", "trufflehog/v2.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of(
        "planted-raw-value",
        "planted-second-half",
        "planted-redacted-id",
        "planted-account-7",
        "planted-host-5",
        "planted.person",
        "planted message",
        "planted-diff-line",
        "planted-string");
  }

  @Override
  protected boolean emptyIsClean() {
    return true;
  }

  @Override
  protected boolean manyDocuments() {
    return true;
  }

  private Outcome v3() {
    return Outcome.of(reader(), Outcome.sample("trufflehog/v3.json"));
  }

  @Test
  void readsDetectorPlaceAndValidity() {
    Observation aws = v3().only("AWS");
    assertEquals(SecretValidity.LIVE, aws.getSecret().getValidity());
    assertEquals(
        Outcome.REDACTOR.hmac("planted-raw-value-1planted-second-half"), aws.getSecret().getHmac());
    assertEquals("conf/keys.env", aws.getLocation().getPath());
    assertEquals(4, aws.getLocation().getStartLine());
    assertEquals("Git", aws.getPlace());
    assertEquals(List.of("https://howtorotate.com/docs/tutorials/aws/"), aws.getReferences());
  }

  @Test
  void whatIsNotVerifiedIsNotRevoked() {
    Observation uri = v3().only("URI");
    assertEquals(SecretValidity.UNKNOWN, uri.getSecret().getValidity());
    assertEquals("failed", uri.getProperties().get("verification"));
    assertEquals("app/.netrc", uri.getLocation().getPath());
  }

  @Test
  void everyRepositoryIsAScan() {
    assertThat(v3().scans())
        .extracting(ScanFacts::asset)
        .containsExactly("https://github.com/acme/pay", "docker.io/acme/pay");
  }

  @Test
  void passesOverTheScannersLog() {
    assertEquals(2, v3().observations().size());
    assertThat(v3().warnings()).isEmpty();
  }

  @Test
  void everyStringOfVersionTwoIsASecret() {
    Outcome outcome = Outcome.of(reader(), Outcome.sample("trufflehog/v2.json"));
    assertEquals(2, outcome.observations().size());
    assertNotEquals(
        outcome.observations().get(0).getSecret().getHmac(),
        outcome.observations().get(1).getSecret().getHmac());
    assertEquals("app/login.py", outcome.observations().get(0).getLocation().getPath());
  }

  @Test
  void readsAnArrayAlike() {
    String lines = new String(Outcome.sample("trufflehog/v3.json"), StandardCharsets.UTF_8);
    String array = "[" + lines.strip().replace("\n", ",") + "]";
    assertEquals(v3().observations(), Outcome.of(reader(), array).observations());
  }
}
