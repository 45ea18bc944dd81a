package dev.sluice.streams.engine;

import static dev.sluice.streams.Scans.npm;
import static dev.sluice.streams.Scans.vulnerable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Component;
import dev.sluice.events.Finding;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.Observation;
import dev.sluice.events.Severity;
import dev.sluice.streams.Scans;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Advisories that cover several CVEs, and reports that do not name an ecosystem. */
class PackageIdentityTest {
  private static final String LIBSSL = "pkg:deb/debian/libssl1.1";

  @Test
  void advisoryIsEvidenceForEachCveAndMergesNone() {
    Basin basin = new Basin();
    basin.send(scan("trivy", deb("CVE-2021-3711", LIBSSL), deb("CVE-2021-3712", LIBSSL)).id("1"));
    basin.send(scan("osv-scanner", dsa()).id("2"));

    assertThat(basin.findings.values())
        .extracting(f -> f.getVulnerability() + " " + f.getScanners())
        .containsExactlyInAnyOrder(
            "CVE-2021-3711 [osv-scanner, trivy]", "CVE-2021-3712 [osv-scanner, trivy]");
    assertThat(basin.items).hasSize(1);
  }

  @Test
  void advisoryAloneOpensItsCvesAndStaysWithThem() {
    Basin basin = new Basin();
    basin.send(scan("osv-scanner", dsa()).id("1"));
    assertThat(basin.findings.values())
        .extracting(Finding::getVulnerability)
        .containsExactlyInAnyOrder("CVE-2021-3711", "CVE-2021-3712");

    basin.send(scan("osv-scanner", npm("CVE-2020-1", "other", "1.0.0", "1.0.1")).id("2"));
    basin.send(scan("osv-scanner", npm("CVE-2020-1", "other", "1.0.0", "1.0.1")).id("3"));
    assertThat(basin.findings.values())
        .filteredOn(f -> f.getVulnerability().startsWith("CVE-2021"))
        .allMatch(f -> f.getStatus() == FindingStatus.RESOLVED);
  }

  @Test
  void ratingOfAnAdvisoryIsNotThatOfEachCve() {
    Basin basin = new Basin();
    Observation worst = dsa();
    worst.getRatings().get(0).setSeverity(Severity.CRITICAL);
    worst.getRatings().get(0).setSource("debian");
    basin.send(scan("osv-scanner", worst).id("1"));
    basin.send(scan("trivy", deb("CVE-2021-3712", LIBSSL)).id("2"));

    assertThat(byId(basin, "CVE-2021-3712").getSeverity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void untypedPackageIsTheOneOfThatNameWhoseVulnerabilityIsKnown() {
    Basin basin = new Basin();
    basin.send(scan("trivy", untyped("CVE-2011-3374", "apt")).id("1"));
    String alone = basin.findings.values().iterator().next().getId();
    basin.send(scan("grype", deb("CVE-2011-3374", "pkg:deb/debian/apt")).id("2"));

    assertThat(basin.findings.get(alone).getMovedTo()).isNotNull();
    Finding both = basin.findings.get(basin.findings.get(alone).getMovedTo());
    assertThat(both.getScanners()).containsExactly("grype", "trivy");
    assertThat(both.getPackage$()).isEqualTo("pkg:deb/debian/apt");
    assertThat(both.getFormerIds()).containsExactly(alone);
  }

  @Test
  void untypedPackageThatCouldBeEitherOfTwoStaysApart() {
    Basin basin = new Basin();
    basin.send(
        scan(
                "grype",
                deb("CVE-2020-1", "pkg:deb/debian/openssl"),
                npm("CVE-2020-1", "openssl", "1.0.0", "1.0.1"))
            .id("1"));
    basin.send(scan("trivy", untyped("CVE-2020-1", "openssl")).id("2"));

    assertThat(basin.findings.values()).hasSize(3);
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void anyOrderOfScansGivesTheSameFindings(
      @ForAll @Size(min = 1, max = 4)
          List<@Size(min = 1, max = 5) List<@IntRange(max = 1000) Integer>> scanners,
      @ForAll Random random) {
    List<Scans.Scan> scans = new ArrayList<>();
    for (int i = 0; i < scanners.size(); i++) {
      List<Observation> claims =
          scanners.get(i).stream().distinct().map(PackageIdentityTest::claim).toList();
      scans.add(new Scans.Scan("scanner-" + i, claims).id("scan-" + i));
    }
    Basin first = new Basin();
    scans.forEach(first::send);
    Collections.shuffle(scans, random);
    Basin second = new Basin();
    scans.forEach(second::send);

    assertThat(timeless(second)).isEqualTo(timeless(first));
  }

  /** An item that lost its last finding to another and got one again has lived twice. */
  private static List<String> timeless(Basin basin) {
    return basin.picture().stream()
        .map(line -> line.replaceAll("\"(episode|contentHash)\": [^,]*", ""))
        .toList();
  }

  @Test
  void crashBehindEverySliceGivesTheSameFindings() {
    List<Scans.Scan> scans =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    new Scans.Scan(
                            "scanner-" + i % 3,
                            Stream.of(i, 17 * i, 101 * i + 5, 7)
                                .distinct()
                                .map(PackageIdentityTest::claim)
                                .toList())
                        .id("scan-" + i))
            .toList();
    Basin calm = new Basin();
    scans.forEach(calm::send);
    Basin broken = new Basin(true);
    scans.forEach(broken::send);

    assertThat(broken.picture()).isEqualTo(calm.picture());
    assertThat(broken.events).hasSameSizeAs(calm.events);
  }

  @Test
  void thousandsOfPlacesDoNotGrowTheRowOfTheirAtom() {
    Basin basin = new Basin();
    Observation[] places =
        IntStream.range(0, 3_000)
            .mapToObj(
                i -> {
                  Observation o = npm("GHSA-aaaa-bbbb-cccc", "ms", "1." + i, "2.0.0", "CVE-2020-1");
                  o.getComponent().setPlaces(new ArrayList<>(List.of("app-" + i + "/ms")));
                  return o;
                })
            .toArray(Observation[]::new);
    basin.send(new Scans.Scan("trivy", List.of(places)));

    assertThat(basin.findings).hasSize(1);
    assertThat(basin.facts.page(new byte[] {'A'}, null, 10))
        .singleElement()
        .satisfies(row -> assertThat(row.value()).hasSizeLessThan(300));
  }

  private static Observation claim(int n) {
    String cve = "CVE-2020-100" + n / 6 % 3;
    return switch (n % 6) {
      case 0 -> deb(cve, "pkg:deb/debian/p");
      case 1 -> npm(cve, "p", "1.0.0", "1.0.1");
      case 2 -> untyped(cve, "p");
      case 3 -> covering("DSA-1", "pkg:deb/debian/p", "CVE-2020-1000", "CVE-2020-100" + n % 3);
      case 4 -> untyped("GHSA-aaaa-aaaa-aaaa", "p", cve);
      default -> deb("GHSA-aaaa-aaaa-aaaa", "pkg:deb/debian/p");
    };
  }

  private static Scans.Scan scan(String scanner, Observation... observations) {
    return new Scans.Scan(scanner, List.of(observations));
  }

  private static Finding byId(Basin basin, String vulnerability) {
    return basin.findings.values().stream()
        .filter(f -> f.getVulnerability().equals(vulnerability))
        .findFirst()
        .orElseThrow();
  }

  private static Observation dsa() {
    return covering("DSA-4963-1", LIBSSL, "CVE-2021-3711", "CVE-2021-3712");
  }

  private static Observation covering(String id, String purl, String... cves) {
    Observation advisory = deb(id, purl);
    advisory.setUpstream(new ArrayList<>(List.of(cves)));
    return advisory;
  }

  private static Observation deb(String id, String purl) {
    String name = purl.substring(purl.lastIndexOf('/') + 1);
    return vulnerable(id, purl, name, "1.1.1d-0", "1.1.1k-1", Severity.HIGH);
  }

  private static Observation untyped(String id, String name, String... aliases) {
    Observation observation = npm(id, name, "1.1.1d-0", "1.1.1k-1", aliases);
    observation.setComponent(
        Component.newBuilder().setName(name).setVersion("1.1.1d-0").setEcosystem("").build());
    return observation;
  }
}
