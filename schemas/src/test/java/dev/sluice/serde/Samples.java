package dev.sluice.serde;

import dev.sluice.events.Component;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.Rating;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanStarted;
import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import dev.sluice.events.Severity;
import java.time.Instant;
import java.util.List;

/** Records that tests write. */
final class Samples {
  private Samples() {}

  static ScanEvent observation() {
    return ScanEvent.newBuilder()
        .setScanId("scan-1")
        .setAttemptId("attempt-1")
        .setSeq(7)
        .setAsset("docker.io/library/nginx")
        .setObservationBuilder(
            Observation.newBuilder()
                .setKind(FindingKind.VULNERABLE_PACKAGE)
                .setNativeId("CVE-2023-44487")
                .setAliases(List.of("GHSA-qppj-fm5r-hxr3"))
                .setTitle("HTTP/2 rapid reset — “Schnellrückstellung”")
                .setCwes(List.of(400))
                .setComponentBuilder(
                    Component.newBuilder()
                        .setName("libnghttp2-14")
                        .setVersion("1.52.0-1")
                        .setEcosystem("deb")
                        .setPurl("pkg:deb/debian/libnghttp2-14@1.52.0-1?distro=debian-12"))
                .setFixedVersions(List.of("1.52.0-1+deb12u1"))
                .setRatings(
                    List.of(
                        Rating.newBuilder()
                            .setSource("nvd")
                            .setSeverity(Severity.HIGH)
                            .setScore(7.5)
                            .setVector("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H")
                            .build())))
        .build();
  }

  static ScanEvent started() {
    return ScanEvent.newBuilder()
        .setScanId("scan-1")
        .setAttemptId("attempt-1")
        .setSeq(0)
        .setAsset("docker.io/library/nginx")
        .setStartedBuilder(
            ScanStarted.newBuilder()
                .setScannerBuilder(
                    Scanner.newBuilder()
                        .setName("trivy")
                        .setDatabaseBuiltAt(Instant.parse("2026-03-01T00:00:00Z")))
                .setScopeBuilder(Scope.newBuilder().setPlatform("linux/amd64"))
                .setTime(Instant.parse("2026-03-02T10:20:30.456Z")))
        .build();
  }
}
