package dev.sluice.bench.invented;

import dev.sluice.bench.invented.Advisories.Advisory;
import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.Observation;
import dev.sluice.events.ScanCompleted;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.ScanPurpose;
import dev.sluice.events.ScanStarted;
import dev.sluice.events.Scanner;
import dev.sluice.events.Scope;
import dev.sluice.events.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Scans of container images: the same arguments give the same events. From one scan of an asset to
 * the next, two observations in a hundred say something new, each time others.
 */
public final class Reports {
  /** One observation in so many changes from scan to scan. */
  private static final int CHANGES_EVERY = 50;

  private static final int PACKAGES = 600;
  private static final int PER_PACKAGE = 5;
  private static final List<String> STEMS =
      List.of(
          "ssl", "xml", "zip", "curl", "pam", "tiff", "krb", "png", "sys", "net", "perl", "gnu");

  private final Advisories advisories = new Advisories(PACKAGES * PER_PACKAGE);
  private final int observations;
  private final Instant start;

  /**
   * @param observations observations of one report
   * @param start time of the first scans; later ones are each a second later
   */
  public Reports(int observations, Instant start) {
    this.observations = observations;
    this.start = start;
  }

  public static String asset(int number) {
    return "registry.example/team-" + number % 17 + "/service-" + number;
  }

  public static String scanId(int asset, int scan) {
    return "scan-" + asset + "-" + scan;
  }

  /**
   * Sends a whole scan.
   *
   * @param scan 0 for an asset's first scan
   */
  public void scan(int asset, int scan, Consumer<ScanEvent> events) {
    events.accept(started(asset, scan));
    for (int i = 0; i < observations; i++) {
      ScanEvent event = event(asset, scan, i + 1);
      event.setObservation(observation(asset, scan, i));
      events.accept(event);
    }
    ScanEvent end = event(asset, scan, observations + 1);
    end.setCompleted(
        ScanCompleted.newBuilder()
            .setCount(observations)
            .setReportDigest("sha256:" + scanId(asset, scan))
            .setReportBytes(3_000L * observations)
            .build());
    events.accept(end);
  }

  private ScanEvent started(int asset, int scan) {
    ScanEvent event = event(asset, scan, 0);
    event.setStarted(
        ScanStarted.newBuilder()
            .setScanner(Scanner.newBuilder().setName("trivy").setVersion("0.70.0").build())
            .setFormat("trivy-json")
            .setReportName("report.json")
            .setVersion("5.2.1")
            .setSeries("trivy|image|linux/amd64")
            .setScope(Scope.newBuilder().setName("image").build())
            .setPurpose(ScanPurpose.HEAD)
            .setTime(start.plusSeconds(scan))
            .setTimeSource(TimeSource.REPORT)
            .build());
    return event;
  }

  private static ScanEvent event(int asset, int scan, long seq) {
    return ScanEvent.newBuilder()
        .setScanId(scanId(asset, scan))
        .setAttemptId("attempt-" + scan)
        .setSeq(seq)
        .setAsset(asset(asset))
        .build();
  }

  private Observation observation(int asset, int scan, int i) {
    int number = Math.floorMod(asset * 7 + i / PER_PACKAGE, PACKAGES);
    Advisory advisory = advisories.get(number * PER_PACKAGE + i % PER_PACKAGE);
    String name = "lib" + STEMS.get(number % STEMS.size()) + number;
    String version = "1." + number % 30 + ".2-3+deb12u" + number % 7;
    int changes = changes(asset, scan, i);
    boolean fixed = advisory.fixed() || changes > 0;
    return Observation.newBuilder()
        .setKind(FindingKind.VULNERABLE_PACKAGE)
        .setNativeId(advisory.id())
        .setTitle(advisory.title())
        .setDescription(advisory.description())
        .setReferences(advisory.references())
        .setCwes(List.of(advisory.cwe()))
        .setComponent(component(name, version, asset))
        .setFixedVersions(fixed ? List.of("1." + number % 30 + "." + (3 + changes)) : List.of())
        .setFixState(fixed ? FixState.FIXED : FixState.NOT_FIXED)
        .setRatings(advisory.ratings())
        .setProperties(Map.of("published", "2026-01-15T10:15:00Z", "dataSource", "debian"))
        .build();
  }

  private static Component component(String name, String version, int asset) {
    return Component.newBuilder()
        .setPurl("pkg:deb/debian/" + name + "@" + version + "?arch=amd64&distro=debian-12.5")
        .setName(name)
        .setVersion(version)
        .setEcosystem("deb")
        .setSourceName(name.substring(3))
        .setSourceVersion(version)
        .setDistro("debian-12.5")
        .setArchitecture("amd64")
        .setLayer("sha256:" + "0123456789abcdef".repeat(4).substring(6) + (100_000 + asset))
        .setDirectness(Directness.UNKNOWN)
        .build();
  }

  /** How often an observation has changed up to a scan. */
  private static int changes(int asset, int scan, int i) {
    int first = Math.floorMod(i * 31 + asset, CHANGES_EVERY) + 1;
    return scan < first ? 0 : (scan - first) / CHANGES_EVERY + 1;
  }
}
