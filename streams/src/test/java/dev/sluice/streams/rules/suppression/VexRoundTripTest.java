package dev.sluice.streams.rules.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.Decision;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.LineState;
import dev.sluice.events.Suppression;
import dev.sluice.events.VexStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write, we read, and it means the same. */
class VexRoundTripTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final String PAY = "registry.example/acme/pay";

  private static Finding finding(
      String vulnerability, String name, FindingStatus status, String reason) {
    return Finding.newBuilder()
        .setId("f-" + vulnerability + name)
        .setAsset(PAY)
        .setKind(FindingKind.VULNERABLE_PACKAGE)
        .setVulnerability(vulnerability)
        .setAliases(List.of("GHSA-" + vulnerability.substring(9) + "-aaaa-bbbb"))
        .setPackage$("pkg:npm/" + name)
        .setPackageName(name)
        .setLines(
            List.of(
                LineState.newBuilder()
                    .setLine("5.x")
                    .setHeadVersion("5.2.1")
                    .setPresent(status != FindingStatus.RESOLVED)
                    .setInstalledVersions(List.of("1.0.0+b~1"))
                    .setFixedVersion("2.0.0")
                    .build()))
        .setStatus(status)
        .setDecision(
            Decision.newBuilder().setReason(reason).setExplanation("Because of it.").build())
        .build();
  }

  private static final List<Finding> FINDINGS =
      List.of(
          finding("CVE-2026-0001", "a", FindingStatus.WITHHELD, "vex-not-affected"),
          finding("CVE-2026-0002", "b", FindingStatus.WITHHELD, "false-positive"),
          finding("CVE-2026-0003", "c", FindingStatus.OPEN, "fix-available"),
          finding("CVE-2026-0004", "d", FindingStatus.WITHHELD, "below-threshold"),
          finding("CVE-2026-0005", "e", FindingStatus.RESOLVED, "resolved"));

  private static Map<String, Object> document(String format, List<Finding> findings) {
    return format.equals("openvex")
        ? OpenVexDocument.of(PAY, "acme", findings, NOW)
        : CycloneDxVexDocument.of(PAY, "acme", findings, NOW);
  }

  private static List<Suppression> read(String format, List<Finding> findings)
      throws JsonProcessingException {
    String json = new ObjectMapper().writeValueAsString(document(format, findings));
    return VexFormats.read(format, json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openvex", "cyclonedx"})
  void whatIsReadBackWithholdsTheSameAndNothingElse(String format) throws Exception {
    List<Suppression> read = read(format, FINDINGS);

    for (Finding finding : FINDINGS) {
      Finding there = Finding.newBuilder(finding).build();
      there.getLines().get(0).setPresent(true);
      Optional<Suppressed> suppressed = Suppressions.of(there, about(read, there), NOW);
      boolean expected =
          List.of("vex-not-affected", "false-positive", "resolved")
              .contains(finding.getDecision().getReason());
      assertThat(suppressed.isPresent()).as(finding.getVulnerability()).isEqualTo(expected);
      there.setAsset("registry.example/acme/other");
      assertThat(Suppressions.of(there, about(read, there), NOW)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openvex", "cyclonedx"})
  void statusAndTextComeBackUnderEveryId(String format) throws Exception {
    Map<String, Suppression> byId =
        read(format, FINDINGS).stream()
            .collect(Collectors.toMap(Suppression::getVulnerability, each -> each));

    assertThat(byId).hasSize(10);
    assertThat(byId.get("CVE-2026-0003").getVexStatus()).isEqualTo(VexStatus.AFFECTED);
    assertThat(byId.get("CVE-2026-0003").getReason()).isEqualTo("Update c (5.x: 2.0.0).");
    assertThat(byId.get("GHSA-0001-aaaa-bbbb").getVexStatus()).isEqualTo(VexStatus.NOT_AFFECTED);
    assertThat(byId.get("CVE-2026-0005").getVexStatus()).isEqualTo(VexStatus.FIXED);
  }

  @Test
  void cycloneDxLetsTheCarefulStatusStandForAllPackagesOfAVersion() throws Exception {
    List<Finding> both =
        List.of(
            finding("CVE-2026-0001", "a", FindingStatus.WITHHELD, "vex-not-affected"),
            finding("CVE-2026-0001", "b", FindingStatus.OPEN, "fix-available"));

    List<Suppression> read = read("cyclonedx", both);

    assertThat(read).isNotEmpty().allMatch(each -> each.getVexStatus() == VexStatus.AFFECTED);
  }

  private static List<Suppression> about(List<Suppression> read, Finding finding) {
    return read.stream()
        .filter(each -> each.getVulnerability().equals(finding.getVulnerability()))
        .toList();
  }
}
