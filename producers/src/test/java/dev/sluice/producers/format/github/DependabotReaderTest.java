package dev.sluice.producers.format.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.Directness;
import dev.sluice.events.FixState;
import dev.sluice.events.Observation;
import dev.sluice.events.Rating;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DependabotReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new DependabotReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of(
        "github/dependabot-list.json",
        "github/dependabot-webhook.json",
        "github/dependabot-graphql.json",
        "github/vulnerability-webhook.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("dismissal-secret-1", "graphql-secret-token-77");
  }

  private Outcome read(String sample) {
    return Outcome.of(reader(), Outcome.sample("github/" + sample));
  }

  @Test
  void readsPackageAdvisoryAndFix() {
    Observation open = read("dependabot-list.json").only("GHSA-aaaa-bbbb-cccc");
    assertEquals(List.of("CVE-2026-11111"), open.getAliases());
    assertEquals("pkg:golang/golang.org/x/net", open.getComponent().getPurl());
    assertEquals(List.of("go.mod"), open.getComponent().getPlaces());
    assertEquals(Directness.DIRECT, open.getComponent().getDirectness());
    assertEquals(List.of("0.53.0"), open.getFixedVersions());
    assertEquals(List.of(400, 835), open.getCwes());
    assertEquals(0.00045, open.getEpssScore());
    assertThat(open.getRatings()).extracting(Rating::getSeverity).containsOnly(Severity.HIGH);
    assertEquals("cvss3.1", open.getRatings().get(1).getMethod());
    assertEquals(2, open.getRatings().size());
    assertEquals(
        FixState.NOT_FIXED, read("dependabot-list.json").only("GHSA-dddd-eeee-ffff").getFixState());
  }

  @Test
  void keepsEveryStateWithItsReason() {
    Outcome list = read("dependabot-list.json");
    assertEquals(ScannerState.OPEN, list.only("GHSA-aaaa-bbbb-cccc").getScannerState());
    Observation dismissed = list.only("GHSA-dddd-eeee-ffff");
    assertEquals(ScannerState.DISMISSED, dismissed.getScannerState());
    assertEquals("tolerable_risk: tried it with password=***", dismissed.getStateReason());
    assertEquals(ScannerState.FIXED, list.only("GHSA-gggg-hhhh-jjjj").getScannerState());
    Observation automatic = list.only("GHSA-mmmm-pppp-qqqq");
    assertEquals(ScannerState.DISMISSED, automatic.getScannerState());
    assertEquals("auto_dismissed", automatic.getStateReason());
  }

  @Test
  void isAStatementAboutARepositoryAtTheTimeOfTheLatestAlert() {
    for (String sample : List.of("dependabot-list.json", "dependabot-webhook.json")) {
      ScanFacts facts = read(sample).scans().get(0);
      assertTrue(facts.statement());
      assertEquals("dependabot", facts.scanner().getName());
      assertEquals("github.com/acme/ledger", facts.asset());
    }
    assertEquals(1, read("dependabot-list.json").scans().size());
    assertEquals(
        Instant.parse("2026-02-05T10:00:00Z"), read("dependabot-list.json").scans().get(0).time());
    assertEquals("main", read("dependabot-webhook.json").scans().get(0).branch());
  }

  @Test
  void aListOverSeveralRepositoriesIsAScanOfEach() {
    String list =
        new String(
            Outcome.sample("github/dependabot-list.json"), java.nio.charset.StandardCharsets.UTF_8);
    String two =
        list.replace("acme/ledger/security/dependabot/3", "acme/shop/security/dependabot/3");
    assertThat(Outcome.of(reader(), two).scans())
        .extracting(ScanFacts::asset)
        .containsExactly(
            "github.com/acme/ledger", "github.com/acme/shop", "github.com/acme/ledger");
  }

  @Test
  void readsAnEmptyListAsAScanThatSawNothing() {
    Outcome outcome = Outcome.of(reader(), "[]");
    assertTrue(outcome.read());
    assertEquals(1, outcome.scans().size());
    assertThat(outcome.observations()).isEmpty();
  }

  @Test
  void readsTheEventOfBeforeDependabot() {
    Outcome outcome = read("vulnerability-webhook.json");
    Observation old = outcome.only("GHSA-rrrr-vvvv-wwww");
    assertEquals(List.of("CVE-2026-16470"), old.getAliases());
    assertEquals("rack", old.getComponent().getName());
    assertNull(old.getComponent().getPurl());
    assertEquals(Severity.MEDIUM, old.getRatings().get(0).getSeverity());
    assertEquals("No bandwidth", old.getStateReason());
  }

  @Test
  void readsRepositoriesOfAGraphqlAnswer() {
    Outcome outcome = read("dependabot-graphql.json");
    assertThat(outcome.scans())
        .extracting(ScanFacts::asset)
        .containsExactly("github.com/acme/shop", "github.com/acme/till");
    Observation open = outcome.only("GHSA-2222-3333-4444");
    assertEquals("pkg:npm/lodash@1.5.0", open.getComponent().getPurl());
    assertEquals(List.of(79), open.getCwes());
    Observation automatic = outcome.only("GHSA-5555-6666-7777");
    assertEquals("auto_dismissed: no_bandwidth", automatic.getStateReason());
    assertEquals("pkg:pypi/django", automatic.getComponent().getPurl());
    assertEquals(ScannerState.FIXED, outcome.only("GHSA-8888-9999-cccc").getScannerState());
  }

  @ParameterizedTest
  @CsvSource({
    "go, golang.org/x/net, pkg:golang/golang.org/x/net",
    "npm, @acme/pad, pkg:npm/%40acme/pad",
    "pip, Django, pkg:pypi/django",
    "maven, org.example:tree, pkg:maven/org.example/tree",
    "nuget, Newtonsoft.Json, pkg:nuget/Newtonsoft.Json",
    "rubygems, rack, pkg:gem/rack",
    "composer, symfony/http-kernel, pkg:composer/symfony/http-kernel",
    "rust, time, pkg:cargo/time",
    "actions, actions/checkout, pkg:githubactions/actions/checkout",
    "docker, library/nginx, pkg:docker/library/nginx",
    "helm, ingress-nginx, pkg:helm/ingress-nginx",
    "swift, github.com/apple/swift-nio, pkg:swift/github.com/apple/swift-nio",
    "pub, http, pkg:pub/http",
    "erlang, cowboy, pkg:hex/cowboy",
    "ACTIONS, actions/checkout, pkg:githubactions/actions/checkout",
    "other, thing, ",
  })
  void mapsEveryEcosystemToItsPurlType(String ecosystem, String name, String purl) {
    assertEquals(purl, DependabotAlert.component(ecosystem, name, null, null, null).getPurl());
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/acme/ledger/security/dependabot/4, github.com/acme/ledger",
    "https://api.github.com/repos/acme/ledger/dependabot/alerts/4, github.com/acme/ledger",
    "https://git.corp.example/api/v3/repos/acme/ledger, git.corp.example/acme/ledger",
    "ftp://x, ",
  })
  void namesTheRepositoryOfALink(String link, String repository) {
    assertEquals(repository, Repository.ofLink(link));
  }
}
