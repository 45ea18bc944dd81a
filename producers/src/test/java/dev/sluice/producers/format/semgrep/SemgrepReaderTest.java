package dev.sluice.producers.format.semgrep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.Reachability;
import dev.sluice.events.ScannerState;
import dev.sluice.events.SecretValidity;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SemgrepReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new SemgrepReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("semgrep/code.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("planted-password-1", "planted-metavariable", "planted-error-text");
  }

  private Outcome code() {
    return Outcome.of(reader(), Outcome.sample("semgrep/code.json"));
  }

  @Test
  void readsRulePlaceAndFingerprint() {
    Observation eval = code().only("python.lang.security.audit.eval.eval-detected");
    assertEquals(FindingKind.CODE_WEAKNESS, eval.getKind());
    assertEquals("app/calc.py", eval.getLocation().getPath());
    assertEquals(14, eval.getLocation().getStartLine());
    assertEquals(22, eval.getLocation().getEndColumn());
    assertNotNull(eval.getLocation().getSnippetHash());
    assertEquals(Map.of("matchBasedId/v1", "9f1c0e_0"), eval.getFingerprints());
    assertEquals(Severity.HIGH, eval.getRatings().get(0).getSeverity());
    assertEquals(List.of(95), eval.getCwes());
    assertEquals("A03:2021 - Injection", eval.getProperties().get("owasp"));
    assertEquals("1.120.0", code().scans().get(0).scanner().getVersion());
    assertEquals(List.of(3L), code().componentsSeen());
  }

  @Test
  void takesStringsWhereOthersHaveListsAndKnowsWhatIsWithheld() {
    Observation md5 = code().only("rules.md5");
    assertEquals(List.of(328), md5.getCwes());
    assertEquals(List.of("https://www.rfc-editor.org/rfc/rfc6151"), md5.getReferences());
    assertEquals(Map.of(), md5.getFingerprints());
    assertNull(md5.getLocation().getSnippetHash());
    assertEquals(ScannerState.SUPPRESSED, md5.getScannerState());
  }

  @Test
  void readsASupplyChainResultAsAPackage() {
    Observation lodash = code().only("CVE-2021-23337");
    assertEquals(FindingKind.VULNERABLE_PACKAGE, lodash.getKind());
    assertEquals("pkg:npm/lodash@4.17.20", lodash.getComponent().getPurl());
    assertEquals(Directness.DIRECT, lodash.getComponent().getDirectness());
    assertEquals(List.of("web/package-lock.json"), lodash.getComponent().getPlaces());
    assertEquals(List.of("4.17.21"), lodash.getFixedVersions());
    assertEquals(List.of("GHSA-35jh-r3h4-6jhm"), lodash.getAliases());
    assertEquals(Reachability.CALLED, lodash.getReachability());
    assertEquals("ssc-0b1c", lodash.getProperties().get("rule"));
  }

  @Test
  void readsAValidatedSecret() {
    Observation key = code().only("generic.secrets.acme-key");
    assertEquals(FindingKind.SECRET, key.getKind());
    assertEquals(SecretValidity.LIVE, key.getSecret().getValidity());
    assertNull(key.getSecret().getHmac());
    assertNotNull(key.getSecret().getContextHash());
  }

  @Test
  void warnsAboutFilesThatWereNotFullyLookedAt() {
    assertThat(code().warnings())
        .extracting(w -> w.reason())
        .containsExactly("app/broken.py was not fully looked at (PartialParsing)");
  }

  @Test
  void refusesAReportWithoutResults() {
    assertThat(Outcome.of(reader(), "{\"errors\":[],\"paths\":{}}").refusal())
        .contains("has no list of results");
  }
}
