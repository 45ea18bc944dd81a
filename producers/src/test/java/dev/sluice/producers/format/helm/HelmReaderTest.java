package dev.sluice.producers.format.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.Deployment;
import dev.sluice.events.FindingKind;
import dev.sluice.events.ImageReference;
import dev.sluice.events.Observation;
import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.Outcome;
import dev.sluice.producers.format.ScanReaderContractTest;
import dev.sluice.producers.report.ScanReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HelmReaderTest extends ScanReaderContractTest {
  @Override
  protected ScanReader reader() {
    return new HelmReader(Outcome.SETTINGS);
  }

  @Override
  protected List<String> samples() {
    return List.of("helm/list.json", "helm/metadata.json", "helm/status.json");
  }

  @Override
  protected List<String> secrets() {
    return List.of("planted-note-password", "planted-value-password", "planted-manifest-data");
  }

  private Outcome read(String sample) {
    return Outcome.of(reader(), Outcome.sample("helm/" + sample));
  }

  @Test
  void readsChartAndVersionOfAList() {
    Outcome outcome = read("list.json");
    Observation web = outcome.observations().get(0);
    assertEquals(FindingKind.DEPLOYMENT, web.getKind());
    assertEquals("shop/web", web.getDeployment().getName());
    assertEquals("ingress-nginx", web.getDeployment().getChart());
    assertEquals("4.11.3", web.getDeployment().getChartVersion());
    assertEquals("1.11.3", web.getDeployment().getAppVersion());
    assertEquals("3", web.getProperties().get("revision"));
    assertEquals(List.of(2L), outcome.componentsSeen());
  }

  @Test
  void aReleaseThatIsGoneIsFixed() {
    Observation old = read("list.json").observations().get(1);
    assertEquals(ScannerState.FIXED, old.getScannerState());
    assertEquals("uninstalled", old.getStateReason());
    assertEquals("2.0.0-rc.1", old.getDeployment().getChartVersion());
    assertEquals(ScannerState.OPEN, read("list.json").observations().get(0).getScannerState());
  }

  @Test
  void readsMetadata() {
    Deployment pay = read("metadata.json").only(HelmRelease.ID).getDeployment();
    assertEquals("shop/pay", pay.getName());
    assertEquals("pay", pay.getChart());
    assertEquals("2.1.0", pay.getChartVersion());
    assertEquals("1.4.0", pay.getAppVersion());
  }

  @Test
  void readsImagesAndChartOfAManifest() {
    Deployment pay = read("status.json").only(HelmRelease.ID).getDeployment();
    assertEquals("pay", pay.getChart());
    assertEquals("2.1.0", pay.getChartVersion());
    assertThat(pay.getImages())
        .containsExactly(
            new ImageReference(
                "ghcr.io/acme/pay",
                "1.4.0",
                "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
            new ImageReference("docker.io/library/nginx", "1.27", null));
  }

  @Test
  void anEmptyListIsAClusterWithoutReleases() {
    Outcome outcome = Outcome.of(reader(), "[]");
    assertTrue(outcome.read(), outcome.refusal());
    assertEquals(List.of(0L), outcome.componentsSeen());
  }
}
