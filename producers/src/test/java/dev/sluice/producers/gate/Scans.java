package dev.sluice.producers.gate;

import dev.sluice.events.Completeness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.GateMode;
import dev.sluice.events.LineFix;
import dev.sluice.events.Outcome;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanVerdict;
import dev.sluice.events.Severity;
import dev.sluice.events.SeverityCounts;
import dev.sluice.events.VerdictFinding;
import dev.sluice.events.VerdictItem;
import java.time.Instant;
import java.util.List;

/** Verdicts to judge by. */
final class Scans {
  static final String ASSET = "ghcr.io/acme/pay";
  static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

  private Scans() {}

  static ScanVerdict.Builder pass(String id, String scanner) {
    return ScanVerdict.newBuilder()
        .setScanId(id)
        .setAttemptId("a")
        .setAsset(ASSET)
        .setVersion("5.2.1")
        .setLine("5.x")
        .setScanner(scanner)
        .setSeries(scanner + "|")
        .setPurpose(ScanPurpose.HEAD)
        .setScanTime(AT)
        .setDecidedAt(AT)
        .setCompleteness(Completeness.COMPLETE)
        .setGateMode(GateMode.RATCHET)
        .setOutcome(Outcome.PASS)
        .setReason("Nothing fails the gate (ratchet).");
  }

  static ScanVerdict.Builder fail(String id, String scanner, VerdictFinding... findings) {
    return pass(id, scanner)
        .setOutcome(Outcome.FAIL)
        .setReason("It fails.")
        .setActionable(findings.length)
        .setFindings(findings.length)
        .setNamed(List.of(findings))
        .setFailing(List.of(findings).stream().map(VerdictFinding::getFindingId).toList())
        .setFailingCount(findings.length)
        .setBySeverity(SeverityCounts.newBuilder().setHigh(findings.length).build())
        .setItems(
            List.of(
                VerdictItem.newBuilder()
                    .setItem("i-openssl")
                    .setTitle("Upgrade openssl")
                    .setPackageName("openssl")
                    .setLines(
                        List.of(
                            LineFix.newBuilder().setLine("5.x").setFixedVersion("3.0.9").build(),
                            LineFix.newBuilder()
                                .setLine("4.x")
                                .setFixedVersion("1.1.1w")
                                .setResolved(true)
                                .build()))
                    .build()));
  }

  static VerdictFinding finding(String id) {
    return VerdictFinding.newBuilder()
        .setFindingId(id)
        .setVulnerability("CVE-2026-" + id)
        .setKind(FindingKind.VULNERABLE_PACKAGE)
        .setSeverity(Severity.HIGH)
        .setTitle("buffer overflow")
        .setPackageName("openssl")
        .setInstalledVersions(List.of("3.0.1"))
        .setFixedVersion("3.0.9")
        .setFails(true)
        .setIsNew(true)
        .setReason("fix-available")
        .setItem("i-openssl")
        .build();
  }
}
