package dev.sluice.producers.format.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.producers.asset.AssetNames;
import dev.sluice.producers.asset.AssetNaming;
import dev.sluice.producers.format.GoldenOutcome;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OperatorReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new OperatorReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("operator/list.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("Sommerregen2026x", "ghp_abcdefghijklmnopqrstuvwxyz0123456789");
  }

  private Outcome list() {
    return Outcome.of(reader(), Outcome.sample("operator/list.json"));
  }

  @Test
  void readsItsSamplesAsBefore() throws IOException {
    GoldenOutcome.check(reader(), "operator/list.json");
  }

  @Test
  void takesEachResourceForAScanOfItsImageOrWorkload() {
    assertThat(list().scans())
        .extracting(ScanFacts::asset)
        .containsExactly(
            "registry.example.org/shop/web",
            "deployment:shop/web",
            "registry.example.org/shop/job");
    assertThat(AssetNames.canonical("deployment:shop/web")).isInstanceOf(AssetNaming.Named.class);
    assertThat(list().scans())
        .extracting(s -> s.scope().getRuleset())
        .containsExactly("VulnerabilityReport", "ConfigAuditReport", "ExposedSecretReport");
  }

  @Test
  void readsVulnerabilitiesOfSystemAndApplications() {
    Observation gnutls = list().only("CVE-2024-0553");
    assertEquals(
        "pkg:deb/ubuntu/libgnutls30@3.6.13-2ubuntu1.9?distro=ubuntu-20.04",
        gnutls.getComponent().getPurl());
    assertEquals("ReplicaSet/shop/web", gnutls.getPlace());
    assertEquals("pkg:npm/lodash@4.17.20", list().only("CVE-2023-23914").getComponent().getPurl());
  }

  @Test
  void readsFailedChecksOnly() {
    Observation check = list().only("KSV014");
    assertEquals(FindingKind.MISCONFIGURATION, check.getKind());
    assertEquals("ReplicaSet/shop/web", check.getResource().getAddress());
    assertThat(list().observations()).hasSize(4);
  }

  @Test
  void keepsOfASecretAHashOnly() {
    Observation secret = list().only("github-pat");
    assertNotNull(secret.getSecret().getContextHash());
    assertEquals("root/secret.txt", secret.getLocation().getPath());
  }

  @Test
  void refusesWhatRepeatsOthers() {
    String compliance =
        "[{\"apiVersion\":\"aquasecurity.github.io/v1alpha1\",\"kind\":\"ClusterComplianceReport\"}]";
    assertThat(Outcome.of(reader(), compliance).refusal()).contains("compliance reports");
    assertThat(Outcome.of(reader(), "{\"items\":[]}").refusal()).contains("empty list");
  }
}
