package dev.sluice.producers.format.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.BaselineState;
import dev.sluice.events.Deployment;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.SecretValidity;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SluiceReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new SluiceReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("sluice/full.json", "sluice/minimal.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("planted-hunter2-planted");
  }

  private Outcome full() {
    return Outcome.of(reader(), Outcome.sample("sluice/full.json"));
  }

  private Outcome with(String before, String after) {
    String text = new String(Outcome.sample("sluice/minimal.json"), StandardCharsets.UTF_8);
    assertThat(text).contains(before);
    return Outcome.of(reader(), text.replace(before, after));
  }

  @Test
  void readsTheScan() {
    ScanFacts facts = full().scans().get(0);
    assertEquals("orchard", facts.scanner().getName());
    assertEquals("rules-114", facts.scanner().getDatabaseVersion());
    assertEquals(Instant.parse("2026-02-27T06:00:00Z"), facts.scanner().getDatabaseBuiltAt());
    assertEquals("docker.io/acme/pay", facts.asset());
    assertEquals(Instant.parse("2026-03-01T08:30:00Z"), facts.time());
    assertEquals(List.of("services/pay"), facts.scope().getPaths());
    assertTrue(facts.statement());
    assertEquals(List.of(212L), full().componentsSeen());
    assertEquals(List.of(), full().warnings());
  }

  @Test
  void readsEveryKind() {
    assertThat(full().observations())
        .extracting(Observation::getKind)
        .containsExactly(
            FindingKind.VULNERABLE_PACKAGE,
            FindingKind.CODE_WEAKNESS,
            FindingKind.SECRET,
            FindingKind.MISCONFIGURATION,
            FindingKind.LICENCE,
            FindingKind.LICENCE,
            FindingKind.END_OF_LIFE,
            FindingKind.DEPLOYMENT);
  }

  @Test
  void readsAPackageWithItsRatings() {
    Observation lodash = full().only("ORCH-2026-7");
    assertEquals(List.of("CVE-2021-23337"), lodash.getAliases());
    assertEquals(List.of(94, 77), lodash.getCwes());
    assertEquals("pkg:npm/lodash@4.17.20", lodash.getComponent().getPurl());
    assertEquals(Severity.HIGH, lodash.getRatings().get(0).getSeverity());
    assertEquals("high", lodash.getRatings().get(0).getText());
    assertEquals("cvss3.1", lodash.getRatings().get(1).getMethod());
    assertEquals("ghsa", lodash.getRatings().get(2).getSource());
    assertEquals("npm", full().only("GPL-3.0-only").getComponent().getEcosystem());
    assertEquals("copyleft", full().only("GPL-3.0-only").getComponent().getName());
    assertEquals("pkg:npm/affero", full().only("AGPL-3.0-only").getComponent().getPurl());
  }

  @Test
  void hashesASecretAndTheLineAroundIt() {
    Observation key = full().only("ORCH-KEY");
    assertEquals("acme-api-key", key.getSecret().getDetector());
    assertEquals(SecretValidity.LIVE, key.getSecret().getValidity());
    assertEquals(Outcome.REDACTOR.hmac("planted-hunter2-planted"), key.getSecret().getHmac());
    assertEquals("plan***", key.getSecret().getPreview());
  }

  @Test
  void hidesTheValueOfASecretInEveryText() {
    Outcome outcome =
        with(
            "\"kind\": \"code\"",
            "\"title\": \"Key plum-tree-77\", \"properties\": {\"a\": \"plum-tree-77\"},"
                + "\"kind\": \"secret\", \"secret\": {\"value\": \"plum-tree-77\"}");
    assertEquals("Key ***", outcome.only("no-eval").getTitle());
    assertThat(outcome.toString()).doesNotContain("plum-tree-77");
  }

  @Test
  void readsStatesAndDeployments() {
    assertEquals(ScannerState.SUPPRESSED, full().only("ORCH-BUCKET").getScannerState());
    assertEquals("logs are public", full().only("ORCH-BUCKET").getStateReason());
    assertEquals(BaselineState.NEW, full().only("ORCH-SQL").getBaselineState());
    Deployment pay = full().only("release").getDeployment();
    assertEquals("prod/pay", pay.getName());
    assertEquals("docker.io/library/nginx", pay.getImages().get(0).getRepository());
    assertEquals("1.27", pay.getImages().get(0).getTag());
    assertThat(pay.getImages().get(1).getDigest()).startsWith("sha256:efef");
  }

  @Test
  void keepsWordsThatItDoesNotKnow() {
    Outcome outcome =
        with("\"severity\": \"high\"", "\"severity\": \"spicy\", \"status\": \"odd\"");
    Observation claim = outcome.only("no-eval");
    assertEquals("spicy", claim.getRatings().get(0).getText());
    assertEquals(Severity.UNKNOWN, claim.getRatings().get(0).getSeverity());
    assertEquals(ScannerState.UNKNOWN, claim.getScannerState());
    assertEquals("odd", claim.getProperties().get("status"));
    assertThat(outcome.warnings()).anyMatch(w -> w.path().equals("$.findings[0].status"));
  }

  @Test
  void keepsAFindingOfAnUnknownKindAndLeavesOutOneWithoutAnId() {
    Outcome odd = with("\"code\"", "\"riddle\"");
    assertEquals(FindingKind.UNKNOWN, odd.only("no-eval").getKind());
    Outcome nameless = with("\"id\": \"no-eval\", ", "");
    assertThat(nameless.observations()).isEmpty();
    assertThat(nameless.warnings()).anyMatch(w -> w.reason().contains("has no id"));
  }

  @Test
  void refusesAnotherVersionAndAReportWithoutFindings() {
    assertThat(with("\"sluice\": 1", "\"sluice\": 2").refusal()).contains("only version 1");
    assertThat(with("\"findings\"", "\"results\"").refusal()).contains("has no list of findings");
  }

  private static String lines() {
    return new String(Outcome.sample("sluice/lines.jsonl"), StandardCharsets.UTF_8);
  }

  @Test
  void readsLinesLikeAList() {
    String[] parts = lines().strip().split("\n");
    String list =
        parts[0].replaceFirst("}$", ", \"findings\":[" + parts[1] + "," + parts[2] + "]}");
    assertTrue(reader().recognises(new ReportHead(lines(), false)));
    Outcome outcome = Outcome.of(reader(), lines());
    assertThat(outcome.observations()).hasSize(2);
    assertEquals(Outcome.of(reader(), list), outcome);
  }

  @Test
  void refusesLinesThatAreCutOffWhereverItIs() {
    String whole = lines().strip();
    for (int end = 0; end < whole.length(); end++) {
      assertTrue(!Outcome.of(reader(), whole.substring(0, end)).read(), "cut at " + end);
    }
  }

  @Test
  void refusesLinesWithoutTheirNumber() {
    assertThat(Outcome.of(reader(), lines().replace("{\"end\": 2}", "")).refusal())
        .contains("it is cut off");
    assertThat(Outcome.of(reader(), lines().replace("{\"end\": 2}", "{\"end\": 3}")).refusal())
        .contains("has 2 findings, and its last line states 3");
    assertThat(Outcome.of(reader(), lines().replace("{\"end\": 2}", "{\"end\": null}")).refusal())
        .contains("has to state a number");
    assertThat(Outcome.of(reader(), lines() + lines()).refusal()).contains("more text after");
    assertThat(Outcome.of(reader(), lines().replace("{\"end\"", "7\n{\"end\"")).refusal())
        .contains("expected an object");
  }

  @Test
  void linesWithoutAFindingAreAScanThatFoundNothing() {
    Outcome outcome = Outcome.of(reader(), "{\"sluice\":1,\"scanner\":\"o\"}\n{\"end\":0}");
    assertTrue(outcome.read());
    assertThat(outcome.observations()).isEmpty();
  }

  @Test
  void readsTheFieldsInAnyOrder() {
    String text =
        "{\"findings\":[{\"id\":\"x\",\"kind\":\"code\"}],\"scanner\":\"last\",\"sluice\":1}";
    Outcome outcome = Outcome.of(reader(), text);
    assertEquals("last", outcome.scans().get(0).scanner().getName());
    assertNull(outcome.only("x").getLocation());
  }
}
