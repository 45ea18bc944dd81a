package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Completeness;
import dev.sluice.events.Finding;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.ScanVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Several scanners on the same image or repository: one finding for one vulnerability of one
 * package, held against tables that were made from the reports themselves.
 */
class RealPairsTest {
  private static final Path SAMPLES = Path.of(System.getProperty("sluice.samples", ""));
  private static final List<String> TOOLS = List.of("osv", "trivy", "grype");
  private static final Path PAIRS = SAMPLES.resolve("pairs-trivy-grype-osv");

  @BeforeEach
  void needsRealReports() {
    Assumptions.assumeTrue(
        Files.isDirectory(PAIRS), "skipped: real scanner reports are not at " + SAMPLES);
  }

  @ParameterizedTest
  @CsvSource({"alpine_3.19", "bkimminich_juice-shop", "nginx_1.19"})
  void oneFindingForOneVulnerabilityOfOnePackage(String target) throws Exception {
    MemoryRiver river = new MemoryRiver();
    for (String tool : TOOLS) {
      river.publish(PAIRS.resolve(target + "_" + tool + ".json"), "image", "1.0.0");
    }

    assertFindings(river, truth(target));
  }

  /**
   * Precision and recall are both 1: nothing is missing, nothing is there twice, nothing else is.
   */
  private static void assertFindings(MemoryRiver river, Set<String> expected) {
    Set<String> found = new TreeSet<>();
    List<String> twice = new ArrayList<>();
    for (Finding finding : river.findings.values()) {
      if (finding.getMovedTo() == null && finding.getPackageName() != null) {
        String row = finding.getVulnerability() + " " + lastPart(finding.getPackageName());
        if (!found.add(row)) {
          twice.add(row);
        }
      }
    }
    assertThat(twice).as("found twice").isEmpty();
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(found);
    Set<String> surplus = new TreeSet<>(found);
    surplus.removeAll(expected);
    assertThat(missing).as("in the reports and not found").isEmpty();
    assertThat(surplus).as("found and not in the reports").isEmpty();
  }

  /**
   * SARIF names packages in prose only: Trivy's without ecosystem, Snyk's with the source package.
   */
  @Test
  void oneFindingForOneVulnerabilityOfOnePackageInSarifOfThreeTools() throws Exception {
    Path sarif = SAMPLES.resolve("pairs-nginx-sarif");
    Assumptions.assumeTrue(Files.isDirectory(sarif), "skipped: no SARIF pairs at " + sarif);
    MemoryRiver river = new MemoryRiver();
    for (String tool : List.of("trivy", "grype", "snyk")) {
      river.publish(sarif.resolve("nginx-" + tool + ".sarif"), "image", "1.0.0");
    }

    Set<String> expected = sarifTruth(sarif.resolve("TRUTH.tsv"));
    expected.addAll(snykTruth(sarif.resolve("nginx-snyk.sarif")));
    assertFindings(river, expected);
    assertThat(river.findings.values())
        .filteredOn(f -> f.getMovedTo() == null && f.getScanners().size() == 3)
        .extracting(Finding::getVulnerability)
        .as("vulnerabilities that all three see")
        .doesNotHaveDuplicates()
        .hasSize(64);
  }

  @Test
  void bothScannersAreListedOnWhatBothSee() throws Exception {
    MemoryRiver river = new MemoryRiver();
    river.publish(PAIRS.resolve("bkimminich_juice-shop_trivy.json"), "image", "1.0.0");
    ScanVerdict grype =
        river.publish(PAIRS.resolve("bkimminich_juice-shop_grype.json"), "image", "1.0.0");

    Finding finding =
        river.findings.values().stream()
            .filter(f -> f.getVulnerability().equals("CVE-2015-9235"))
            .findFirst()
            .orElseThrow();
    assertThat(finding.getScanners()).containsExactly("grype", "trivy");
    assertThat(grype.getMerged()).isGreaterThan(80);
  }

  @Test
  void sameReportsAgainWriteNothingButTheScanItself() throws Exception {
    MemoryRiver river = new MemoryRiver();
    for (String tool : List.of("trivy", "grype")) {
      river.publish(PAIRS.resolve("nginx_1.19_" + tool + ".json"), "image", "1.0.0");
    }
    int events = river.events.size();
    var revisions = river.findings.values().stream().map(Finding::getRevision).toList();
    long seen = river.seen.writes();

    for (String tool : List.of("trivy", "grype")) {
      river.publish(PAIRS.resolve("nginx_1.19_" + tool + ".json"), "image", "1.0.0");
    }

    assertThat(river.events).hasSize(events);
    assertThat(river.findings.values()).extracting(Finding::getRevision).isEqualTo(revisions);
    assertThat(river.seen.writes()).isEqualTo(seen);
  }

  @Test
  void imageWithHundredsOfVulnerabilitiesIsNoFlood() throws Exception {
    MemoryRiver river = new MemoryRiver();
    for (String tool : TOOLS) {
      river.publish(PAIRS.resolve("nginx_1.19_" + tool + ".json"), "image", "1.0.0");
    }
    assertThat(river.items.values())
        .filteredOn(item -> item.getStatus() == ItemStatus.OPEN)
        .hasSizeLessThan(50);
  }

  @Test
  void advisoryAboutTwoCvesMergesNeither() throws Exception {
    MemoryRiver river = new MemoryRiver();
    for (String tool : TOOLS) {
      river.publish(PAIRS.resolve("nginx_1.19_" + tool + ".json"), "image", "1.0.0");
    }
    assertThat(river.findings.values())
        .filteredOn(f -> f.getMovedTo() == null && "libssl1.1".equals(f.getPackageName()))
        .filteredOn(f -> f.getVulnerability().startsWith("CVE-2021-371"))
        .extracting(f -> f.getVulnerability() + " " + f.getScanners())
        .containsExactlyInAnyOrder(
            "CVE-2021-3711 [grype, osv-scanner, trivy]",
            "CVE-2021-3712 [grype, osv-scanner, trivy]");
  }

  @Test
  void rescanByABlindScannerClosesNothing() throws Exception {
    Path rescans = SAMPLES.resolve("rescan-grype-juiceshop");
    Assumptions.assumeTrue(Files.isDirectory(rescans), "skipped: no rescans at " + rescans);
    MemoryRiver river = new MemoryRiver();
    river.publish(rescans.resolve("JS-01-baseline-grype.json"), "image", "1.0.0");
    river.events.clear();

    ScanVerdict blind = river.publish(rescans.resolve("JS-01-rescan.json"), "image", "1.0.0");

    assertThat(blind.getCompleteness()).isEqualTo(Completeness.SUSPICIOUS);
    assertThat(river.events).noneMatch(e -> e.getItem().getStatus() == ItemStatus.RESOLVED);
  }

  /**
   * Vulnerability and package of every row. The tables were made by a script; they agree with a
   * second reading of the reports that shares no code with it and none with ours.
   */
  private static Set<String> truth(String target) throws IOException {
    Set<String> rows = new HashSet<>();
    List<String> lines = Files.readAllLines(PAIRS.resolve("TRUTH-" + target + ".tsv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      rows.add(cells[0] + " " + lastPart(cells[1]));
    }
    return rows;
  }

  /** Rows by CVE; cells of Grype and Trivy list {@code id|level|score|package@version}. */
  private static Set<String> sarifTruth(Path file) throws IOException {
    Set<String> rows = new HashSet<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      for (String claim : (cells[1] + " ; " + cells[3]).split(" ; ", -1)) {
        if (!claim.isBlank()) {
          String coordinate = claim.substring(claim.lastIndexOf('|') + 1);
          rows.add(cells[0] + " " + coordinate.substring(0, coordinate.indexOf('@')));
        }
      }
    }
    return rows;
  }

  /** Snyk writes {@code (CVE) source/package@version} into the text of each rule. */
  private static Set<String> snykTruth(Path file) throws IOException {
    Matcher text =
        Pattern.compile("\\((CVE-[0-9-]+)\\) ([^@ \"]+)@").matcher(Files.readString(file));
    Set<String> rows = new HashSet<>();
    while (text.find()) {
      rows.add(text.group(1) + " " + lastPart(text.group(2)));
    }
    return rows;
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
