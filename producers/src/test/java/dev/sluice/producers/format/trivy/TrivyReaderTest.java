package dev.sluice.producers.format.trivy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.Component;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.ImageReference;
import dev.sluice.events.Location;
import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Severity;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.ScanFacts;
import dev.sluice.producers.report.ScanReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrivyReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new TrivyReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of(
        "trivy/image.json", "trivy/cluster.json", "trivy/legacy.json", "trivy/sorted.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("ghp_Zz12345678901234567890abcdefABCDEF34", "9f8e7d6c5b4a3f2e1d0c");
  }

  private Outcome image() {
    return Outcome.of(reader(), Outcome.sample("trivy/image.json"));
  }

  @Test
  void readsWhatWasScannedAndWhen() {
    ScanFacts facts = image().scans().get(0);
    assertEquals("trivy", facts.scanner().getName());
    assertEquals("0.69.3", facts.scanner().getVersion());
    assertEquals("registry.example.org/shop/web", facts.asset());
    assertEquals("5.4.1", facts.version());
    assertEquals("sha256:" + "3".repeat(64), facts.digest());
    assertEquals(Instant.parse("2026-03-02T09:11:12.5Z"), facts.time());
    assertEquals("linux/amd64", facts.scope().getPlatform());
    assertEquals(List.of(2L), image().componentsSeen());
  }

  @Test
  void readsADistributionPackageWithItsSource() {
    Observation openssl = image().only("CVE-2024-0727");
    Component component = openssl.getComponent();
    assertEquals(FindingKind.VULNERABLE_PACKAGE, openssl.getKind());
    assertEquals(
        "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12.5",
        component.getPurl());
    assertEquals("deb", component.getEcosystem());
    assertEquals("openssl", component.getSourceName());
    assertEquals("3.0.11-1~deb12u2", component.getSourceVersion());
    assertEquals("debian-12.5", component.getDistro());
    assertEquals("sha256:" + "2".repeat(64), component.getLayer());
    assertEquals(List.of("3.0.13-1~deb12u1", "3.1.5"), openssl.getFixedVersions());
    assertEquals(FixState.FIXED, openssl.getFixState());
    assertEquals(List.of(476), openssl.getCwes());
    assertEquals("https://avd.aquasec.com/nvd/cve-2024-0727", openssl.getReferences().get(0));
  }

  @Test
  void takesVendorIdsForRelatedAndNeverForAliases() {
    Observation openssl = image().only("CVE-2024-0727");
    assertEquals(List.of("DSA-5999-1"), openssl.getRelated());
    assertThat(openssl.getAliases()).isEmpty();
  }

  @Test
  void keepsEveryRatingWithItsSourceAndTrivysChoiceFirst() {
    Observation openssl = image().only("CVE-2024-0727");
    assertEquals("debian", openssl.getRatings().get(0).getSource());
    assertEquals(Severity.LOW, openssl.getRatings().get(0).getSeverity());
    assertThat(openssl.getRatings())
        .extracting(r -> r.getSource() + ":" + r.getMethod() + ":" + r.getScore())
        .contains("nvd:cvss3.1:5.5", "redhat:cvss2:2.1", "ghsa:null:null");
  }

  @Test
  void redactsACredentialInADescription() {
    assertThat(image().only("CVE-2024-0727").getDescription()).contains("token = *** to log in");
  }

  @Test
  void buildsAPackageUrlWhereTheReportHasNone() {
    assertEquals(
        "pkg:deb/debian/zlib1g@1%3A1.2.13.dfsg-1?distro=debian-12.5",
        image().only("CVE-2023-45853").getComponent().getPurl());
    assertEquals(
        "pkg:npm/%40acme/jsonwebtoken@0.4.0",
        image().only("CVE-2015-9235").getComponent().getPurl());
    assertEquals(FixState.WONT_FIX, image().only("CVE-2023-45853").getFixState());
  }

  @Test
  void keepsTheInstalledPathWithoutItsLeadingSlash() {
    Component component = image().only("CVE-2015-9235").getComponent();
    assertEquals(
        List.of("app/node_modules/@acme/jsonwebtoken/package.json"), component.getPlaces());
    assertEquals("app/package-lock.json", image().only("CVE-2015-9235").getPlace());
  }

  @Test
  void readsWhatAVexDocumentTookOutAsSuppressed() {
    Observation suppressed = image().only("CVE-2022-24999");
    assertEquals(ScannerState.SUPPRESSED, suppressed.getScannerState());
    assertEquals("not_affected: vulnerable_code_not_in_execute_path", suppressed.getStateReason());
  }

  @Test
  void readsFailedChecksOnly() {
    Outcome outcome = image();
    Observation root = outcome.only("AVD-DS-0002");
    assertEquals(FindingKind.MISCONFIGURATION, root.getKind());
    assertEquals("Dockerfile", root.getResource().getAddress());
    assertEquals("dockerfile", root.getResource().getType());
    assertEquals(List.of("DS002"), root.getDeprecatedIds());
    assertEquals(3, root.getLocation().getStartLine());
    assertEquals(Outcome.REDACTOR.snippetHash("USER root"), root.getLocation().getSnippetHash());
    assertThat(outcome.observations()).noneMatch(o -> o.getNativeId().equals("DS001"));
    assertEquals(ScannerState.SUPPRESSED, outcome.only("AVD-DS-0026").getScannerState());
  }

  @Test
  void identifiesAMaskedSecretByItsContext() {
    Observation secret = image().only("github-pat");
    Location location = secret.getLocation();
    assertEquals("srv/app/deploy.sh", location.getPath());
    assertNull(secret.getSecret().getHmac());
    assertThat(secret.getSecret().getContextHash()).hasSize(64);
    assertEquals("test-key", secret.getSecret().getKeyId());
    assertEquals("", secret.getSecret().getPreview());
  }

  @Test
  void readsLicencesOfPackagesAndFiles() {
    Outcome outcome = image();
    assertEquals("bash", outcome.only("GPL-3.0-or-later").getComponent().getName());
    assertEquals("src/LICENSE.txt", outcome.only("Acme-EULA").getLocation().getPath());
    assertEquals("GPL-3.0-or-later", outcome.only("GPL-3.0-or-later").getLicence());
  }

  @Test
  void readsAClusterAsOneScanOfResources() {
    Outcome outcome = Outcome.of(reader(), Outcome.sample("trivy/cluster.json"));
    assertEquals("prod-eu-1", outcome.scans().get(0).asset());
    assertEquals(1, outcome.scans().size());
    assertEquals("Deployment/shop/web", outcome.only("AVD-KSV-0001").getResource().getAddress());
    assertEquals(
        "pkg:apk/alpine/busybox@1.36.1-r15?distro=alpine-3.19.1",
        outcome.only("CVE-2023-42364").getComponent().getPurl());
    assertThat(outcome.warnings()).extracting(w -> w.path()).contains("$.Resources[1].Error");
  }

  @Test
  void readsFieldsInAnyOrder() {
    Outcome outcome = Outcome.of(reader(), Outcome.sample("trivy/sorted.json"));
    assertEquals("example.org/late", outcome.scans().get(0).asset());
    assertEquals("docker/Dockerfile", outcome.only("DS001").getLocation().getPath());
    assertEquals("etc/conf", outcome.only("aws-access-key-id").getLocation().getPath());
  }

  @Test
  void seesThatAScanSawNothing() {
    Outcome outcome =
        Outcome.of(
            reader(),
            "{\"SchemaVersion\":2,\"ArtifactName\":\".\",\"ArtifactType\":\"filesystem\"}");
    assertEquals(List.of(0L), outcome.componentsSeen());
    assertEquals(1, outcome.scans().size());
  }

  @Test
  void publishesWhatCanBeIdentifiedAndWarnsWithThePath() {
    Outcome outcome =
        Outcome.of(
            reader(),
            "{\"SchemaVersion\":2,\"ArtifactName\":\"a\",\"Results\":[{\"Target\":\"t\","
                + "\"Vulnerabilities\":[{\"VulnerabilityID\":\"CVE-2024-1\",\"Title\":{}},"
                + "{\"PkgName\":\"x\"},7]}]}");
    assertEquals(1, outcome.observations().size());
    assertThat(outcome.warnings())
        .extracting(w -> w.path())
        .contains(
            "$.Results[0].Vulnerabilities[0].Title",
            "$.Results[0].Vulnerabilities[0].PkgName",
            "$.Results[0].Vulnerabilities[1]",
            "$.Results[0].Vulnerabilities[2]");
  }

  @Test
  void refusesAListOfFindingsThatIsNone() {
    String refusal =
        Outcome.of(reader(), "{\"SchemaVersion\":2,\"ArtifactName\":\"a\",\"Results\":{}}")
            .refusal();
    assertThat(refusal).contains("$.Results").contains("expected an array");
  }

  private static String cluster(String resources) {
    return "{\"ClusterName\":\"prod\",\"Resources\":[" + resources + "]}";
  }

  private static String workload(String metadata, String results) {
    return "{\"Namespace\":\"shop\",\"Kind\":\"Deployment\",\"Name\":\"web\","
        + metadata
        + results
        + "}";
  }

  @Test
  void saysWhatRunsInACluster() {
    String digest = "sha256:" + "ab".repeat(32);
    String text =
        cluster(
            workload(
                    "\"Metadata\":[{\"RepoTags\":[\"nginx:1.27\"],\"RepoDigests\":[\"nginx@"
                        + digest
                        + "\"]},{\"RepoTags\":[\"ghcr.io/acme/pay:1.4\"]}],",
                    "\"Results\":[]")
                + ","
                + workload(
                    "",
                    "\"Results\":[{\"Target\":\"redis:7 (debian 12.1)\",\"Class\":\"os-pkgs\",\"Type\":\"debian\"}]"));
    Outcome outcome = Outcome.of(reader(), text);
    assertThat(outcome.warnings()).isEmpty();
    assertEquals(1, outcome.observations().size());
    var web = outcome.only("workload").getDeployment();
    assertEquals("shop/web", web.getName());
    assertThat(web.getImages())
        .containsExactly(
            new ImageReference("docker.io/library/nginx", "1.27", digest),
            new ImageReference("ghcr.io/acme/pay", "1.4", null),
            new ImageReference("docker.io/library/redis", "7", null));
  }

  @Test
  void readsTheSummaryOfACluster() {
    String text =
        cluster(
                workload(
                    "",
                    "\"Results\":[{\"Target\":\"x\",\"Class\":\"os-pkgs\",\"Vulnerabilities\":[{\"VulnerabilityID\":\"CVE-2024-1\",\"PkgName\":\"a\",\"Severity\":\"LOW\"}]}]"))
            .replace("Resources", "Findings");
    assertTrue(reader().recognises(new ReportHead(text, false)));
    assertEquals("a", Outcome.of(reader(), text).only("CVE-2024-1").getComponent().getName());
  }
}
