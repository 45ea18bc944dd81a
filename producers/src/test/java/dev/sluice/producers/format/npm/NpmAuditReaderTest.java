package dev.sluice.producers.format.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.Directness;
import dev.sluice.events.FixState;
import dev.sluice.events.Observation;
import dev.sluice.producers.format.GoldenOutcome;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NpmAuditReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new NpmAuditReader(Outcome.SETTINGS);
  }

  /** The lines of Yarn are no single document, so they have tests of their own. */
  @Override
  protected List<String> samples() {
    return List.of("npm/npm6.json", "npm/npm7.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("Sommerregen2026x", "ghp_abcdefghijklmnopqrstuvwxyz0123456789");
  }

  private Outcome sample(String name) {
    return Outcome.of(reader(), Outcome.sample("npm/" + name));
  }

  private static String yarn() {
    return new String(Outcome.sample("npm/yarn.jsonl"), StandardCharsets.UTF_8);
  }

  @Test
  void readsItsSamplesAsBefore() throws IOException {
    for (String sample : List.of("npm/npm6.json", "npm/npm7.json", "npm/yarn.jsonl")) {
      GoldenOutcome.check(reader(), sample);
    }
  }

  @Test
  void gathersThePlacesAndVersionsOfAnAdvisory() {
    Observation regex = sample("npm6.json").only("GHSA-93q8-gq69-wqmw");
    assertEquals(3, regex.getComponent().getPlaceCount());
    assertEquals("3.0.0, 4.1.0", regex.getProperties().get("versions"));
    assertEquals(List.of("3.0.1", "5.0.1"), regex.getFixedVersions());
    assertEquals(List.of("CVE-2021-3807"), regex.getAliases());
    assertEquals(List.of(918, 1333), regex.getCwes());
    assertEquals(Directness.DIRECT, regex.getComponent().getDirectness());
  }

  @Test
  void takesAnImpossibleVersionForNoFix() {
    Observation negotiator = sample("npm6.json").only("npm:106");
    assertEquals(FixState.NOT_FIXED, negotiator.getFixState());
    assertThat(negotiator.getFixedVersions()).isEmpty();
    assertEquals(Directness.TRANSITIVE, negotiator.getComponent().getDirectness());
  }

  @Test
  void reportsAnAdvisoryAtItsPackageAndNotAtThoseThatDependOnIt() {
    assertThat(sample("npm7.json").observations())
        .extracting(o -> o.getNativeId() + " " + o.getComponent().getName())
        .containsExactly("GHSA-pfrx-2q88-qq97 got");
  }

  @Test
  void readsTheLinesOfYarn() {
    assertTrue(reader().recognises(new ReportHead(yarn(), false)));
    Outcome outcome = Outcome.of(reader(), yarn());
    Observation minimist = outcome.only("npm:1179");
    assertEquals("0.0.10", minimist.getComponent().getVersion());
    assertEquals(List.of("handlebars>optimist>minimist"), minimist.getComponent().getPlaces());
    assertEquals(List.of(47L), outcome.componentsSeen());
  }

  @Test
  void refusesLinesOfYarnWithoutTheirSummary() {
    String cut = yarn().substring(0, yarn().indexOf("{\"type\":\"auditSummary\""));
    assertThat(Outcome.of(reader(), cut).refusal()).contains("has no end");
    assertThat(Outcome.of(reader(), yarn() + yarn()).refusal()).contains("more text");
  }

  @Test
  void refusesAnErrorWithItsWords() {
    String error = "{\"error\":{\"code\":\"ENOLOCK\",\"summary\":\"needs a lockfile\"}}";
    assertThat(Outcome.of(reader(), error).refusal()).contains("ENOLOCK: needs a lockfile");
    String line = "{\"type\":\"error\",\"data\":\"registry is away\"}";
    assertThat(Outcome.of(reader(), line).refusal()).contains("registry is away");
  }
}
