package dev.sluice.producers.format.govulncheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Observation;
import dev.sluice.events.Reachability;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GovulncheckReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new GovulncheckReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("govulncheck/array.json", "govulncheck/stream.json", "govulncheck/legacy.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("db-login-secret", "hunter2-of-the-reporter");
  }

  @Override
  protected boolean manyDocuments() {
    return true;
  }

  private Outcome stream() {
    return Outcome.of(reader(), Outcome.sample("govulncheck/stream.json"));
  }

  private Outcome legacy() {
    return Outcome.of(reader(), Outcome.sample("govulncheck/legacy.json"));
  }

  @Test
  void readsScannerDatabaseModulesAndScope() {
    ScanFacts facts = stream().scans().get(0);
    assertEquals("v1.1.4", facts.scanner().getVersion());
    assertEquals("https://vuln.example.org", facts.scanner().getDatabaseVersion());
    assertEquals(Instant.parse("2026-03-02T08:30:00Z"), facts.scanner().getDatabaseBuiltAt());
    assertEquals(List.of("scan_mode=source", "scan_level=symbol"), facts.scope().getFilters());
    assertEquals("github.com/acme/ledger", facts.asset());
    assertEquals(List.of(4L), stream().componentsSeen());
  }

  @Test
  void isOneObservationForAllMessagesOfOneVulnerabilityInOneModule() {
    List<Observation> all = stream().observations();
    assertThat(all)
        .extracting(o -> o.getNativeId() + " " + o.getComponent().getPurl())
        .containsExactly(
            "GO-2021-0113 pkg:golang/golang.org/x/text@v0.3.0",
            "GO-2026-4918 pkg:golang/golang.org/x/net@v0.25.0",
            "GO-2026-4918 pkg:golang/stdlib@v1.24.4",
            "GO-2026-5000 pkg:golang/stdlib@v1.24.4");
    assertThat(all).allMatch(o -> o.getKind() == FindingKind.VULNERABLE_PACKAGE);
  }

  @Test
  void keepsTheNearestReachability() {
    assertThat(stream().observations())
        .extracting(Observation::getReachability)
        .containsExactly(
            Reachability.CALLED,
            Reachability.REQUIRED,
            Reachability.IMPORTED,
            Reachability.REQUIRED);
  }

  @Test
  void namesWhatIsCalledAndFromWhere() {
    Observation called = stream().only("GO-2021-0113");
    assertEquals(
        "golang.org/x/text/language.Matcher.Tag, golang.org/x/text/language.Parse",
        called.getProperties().get("symbols"));
    assertEquals("cmd/ledger/main.go:21", called.getProperties().get("calledFrom"));
    assertEquals("go1.24.4", called.getProperties().get("goVersion"));
    assertNull(called.getLocation());
  }

  @Test
  void takesAliasesTextsAndFixFromTheAdvisory() {
    Observation called = stream().only("GO-2021-0113");
    assertEquals(List.of("CVE-2021-38561", "GHSA-ppp9-7jff-5vj2"), called.getAliases());
    assertEquals(List.of("v0.3.7"), called.getFixedVersions());
    assertEquals("Parse can panic on a language tag of a crafted length.", called.getTitle());
    assertEquals(
        List.of("https://pkg.go.dev/vuln/GO-2021-0113", "https://go.dev/cl/000001"),
        called.getReferences());
    Observation unfixed = stream().only("GO-2026-5000");
    assertEquals(FixState.NOT_FIXED, unfixed.getFixState());
    assertEquals(List.of("GO-2021-0113"), unfixed.getRelated());
    assertThat(unfixed.getRatings().get(0).getVector()).startsWith("CVSS:3.1/");
  }

  @Test
  void readsTheArrayLikeTheStream() {
    assertEquals(
        stream().observations(),
        Outcome.of(reader(), Outcome.sample("govulncheck/array.json")).observations());
  }

  @Test
  void readsTheObjectOfBeforeVersionOne() {
    Observation called = legacy().only("GO-2021-0113");
    assertEquals(Reachability.CALLED, called.getReachability());
    assertEquals("v0.3.0", called.getComponent().getVersion());
    assertEquals(List.of("v0.3.7"), called.getFixedVersions());
    Observation imported = legacy().only("GO-2022-1144");
    assertEquals(Reachability.IMPORTED, imported.getReachability());
    assertEquals("v1.19.0", imported.getComponent().getVersion());
    assertEquals(List.of(2L), legacy().componentsSeen());
  }

  @Test
  void publishesAFindingWhoseAdvisoryIsMissing() {
    String report =
        "{\"config\":{\"scanner_name\":\"govulncheck\"}}"
            + "{\"finding\":{\"osv\":\"GO-1\",\"trace\":[{\"module\":\"example.org/m\"}]}}";
    assertEquals(
        "example.org/m", Outcome.of(reader(), report).only("GO-1").getComponent().getName());
  }

  @Test
  void publishesEveryFindingBeyondWhatItGathers() {
    StringBuilder report = new StringBuilder("{\"config\":{\"scanner_name\":\"govulncheck\"}}");
    int all = GovulncheckFindings.MOST + 7;
    for (int i = 0; i < all; i++) {
      report.append("{\"finding\":{\"osv\":\"GO-").append(i);
      report.append("\",\"trace\":[{\"module\":\"example.org/m\"}]}}");
    }
    assertThat(Outcome.of(reader(), report.toString()).observations()).hasSize(all);
  }

  @Test
  void refusesAReportThatEndsBeforeItsFirstMessage() {
    assertThat(Outcome.of(reader(), "{}").refusal()).contains("no config message");
  }
}
