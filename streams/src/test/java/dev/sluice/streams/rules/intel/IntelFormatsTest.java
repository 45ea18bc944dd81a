package dev.sluice.streams.rules.intel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.VulnerabilityIntel;
import dev.sluice.streams.rules.document.DocumentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class IntelFormatsTest {

  private static List<VulnerabilityIntel> read(String format, String document) {
    assertThat(IntelFormats.recognise(document))
        .hasValueSatisfying(f -> assertThat(f.id()).isEqualTo(format));
    assertThat(IntelFormats.all().stream().filter(f -> f.recognises(document))).hasSize(1);
    return read(format, new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<VulnerabilityIntel> read(String format, InputStream document) {
    List<VulnerabilityIntel> entries = new ArrayList<>();
    IntelFormat reader = IntelFormats.byId(format).orElseThrow();
    try (document) {
      reader.read(document, entries::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  @Test
  void readsTheExploitedListAsJson() {
    List<VulnerabilityIntel> entries =
        read(
            "kev-json",
            """
            {"title": "catalogue", "count": 1, "vulnerabilities": [
              {"cveID": "CVE-2026-0001", "dateAdded": "2026-08-25", "dueDate": "2026-09-15",
               "knownRansomwareCampaignUse": "Known", "cwes": ["CWE-59", "other"]}]}
            """);

    VulnerabilityIntel entry = entries.get(0);
    assertThat(entry.getSource()).isEqualTo("cisa-kev");
    assertThat(entry.getVulnerability()).isEqualTo("CVE-2026-0001");
    assertThat(entry.getKnownExploited()).isTrue();
    assertThat(entry.getRansomware()).isTrue();
    assertThat(entry.getDue()).isEqualTo(LocalDate.of(2026, 9, 15));
    assertThat(entry.getListedOn()).isEqualTo(LocalDate.of(2026, 8, 25));
    assertThat(entry.getCwes()).containsExactly(59);
  }

  @Test
  void readsTheExploitedListAsCsvWithQuotedLineBreaks() {
    List<VulnerabilityIntel> entries =
        read(
            "kev-csv",
            "cveID,vendorProject,dateAdded,shortDescription,dueDate,knownRansomwareCampaignUse,cwes\n"
                + "CVE-2026-0001,Acme,2026-08-25,\"one, two\nthree\",2026-09-15,Unknown,\"CWE-59, CWE-20\"\n"
                + "CVE-2026-0002,Acme,2026-08-26,x,2026-09-16,Known,\n");

    assertThat(entries)
        .extracting(VulnerabilityIntel::getVulnerability)
        .containsExactly("CVE-2026-0001", "CVE-2026-0002");
    assertThat(entries.get(0).getCwes()).containsExactly(59, 20);
    assertThat(entries.get(1).getRansomware()).isTrue();
  }

  @Test
  void readsProbabilities() {
    List<VulnerabilityIntel> csv =
        read(
            "epss-csv",
            "#model_version:v2025.03.14,score_date:2026-07-13T00:00:00+0000\ncve,epss,percentile\n"
                + "CVE-2026-0001,0.11484,0.93275\n");
    List<VulnerabilityIntel> api =
        read(
            "epss-json",
            "{\"status\":\"OK\",\"data\":[{\"cve\":\"CVE-2026-0001\",\"epss\":\"0.11484\",\"percentile\":\"0.93275\"}]}");
    List<VulnerabilityIntel> list =
        read("epss-json", "[{\"cve\":\"CVE-2026-0001\",\"epss\":0.11484,\"percentile\":0.93275}]");

    assertThat(csv).isEqualTo(api).isEqualTo(list);
    assertThat(csv.get(0).getEpssScore()).isEqualTo(0.11484);
  }

  @Test
  void readsAliasesButNothingUpstreamFromOsv() {
    List<VulnerabilityIntel> entries =
        read(
            "osv-json",
            """
            {"id": "GHSA-aaaa-bbbb-cccc", "modified": "2026-01-01T00:00:00Z", "schema_version": "1.6.0",
             "aliases": ["CVE-2026-0001"], "upstream": ["CVE-2026-0002"], "related": ["CVE-2026-0003"],
             "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
             "database_specific": {"severity": "MODERATE", "cwe_ids": ["CWE-79"]}}
            """);

    VulnerabilityIntel entry = entries.get(0);
    assertThat(entry.getAliases()).containsExactly("CVE-2026-0001");
    assertThat(entry.getCwes()).containsExactly(79);
    assertThat(entry.getRatings())
        .extracting(r -> r.getSource() + " " + r.getMethod() + " " + r.getText())
        .containsExactly("ghsa cvss3.1 null", "ghsa null MODERATE");
    assertThat(entry.getWithdrawn()).isFalse();
  }

  @Test
  void readsNvdsAnswers() {
    List<VulnerabilityIntel> entries =
        read(
            "nvd-json",
            """
            {"resultsPerPage": 1, "format": "NVD_CVE", "version": "2.0", "vulnerabilities": [{"cve": {
              "id": "CVE-2026-0001", "sourceIdentifier": "a@example.com", "vulnStatus": "Analyzed",
              "cisaExploitAdd": "2026-02-01", "cisaActionDue": "2026-02-22",
              "metrics": {"cvssMetricV31": [
                {"source": "nvd@nist.gov", "cvssData": {"vectorString": "CVSS:3.1/AV:N", "baseScore": 9.8}},
                {"source": "a@example.com", "cvssData": {"vectorString": "CVSS:3.1/AV:L", "baseScore": 5.0}}]},
              "weaknesses": [{"description": [{"lang": "en", "value": "CWE-787"}]}]}}]}
            """);

    VulnerabilityIntel entry = entries.get(0);
    assertThat(entry.getKnownExploited()).isTrue();
    assertThat(entry.getRatings())
        .extracting(r -> r.getSource() + " " + r.getScore())
        .containsExactly("cna 5.0", "nvd 9.8");
    assertThat(entry.getCwes()).containsExactly(787);
  }

  @Test
  void refusesWithThePlaceAndLoadsNothing() {
    refused(
        "kev-json",
        "{\"vulnerabilities\": [\n{\"dateAdded\": \"2026-01-01\"}]}",
        "line 2",
        "no cveID");
    refused(
        "kev-json",
        "{\"vulnerabilities\": [\n{\"cveID\": \"CVE-1\", \"dueDate\": \"soon\"}]}",
        "line 2",
        "dueDate");
    refused("kev-json", "{\"catalogue\": []}", "line 1", "no list named");
    refused("kev-json", "{\"vulnerabilities\": [\n{", "line 2", "cut off");
    refused(
        "epss-csv",
        "#model_version:v1\ninvalid,header,format\nCVE-2024-6775,0.1,0.2\n",
        "line 1",
        "columns are");
    refused(
        "epss-csv",
        "cve,epss,percentile\nCVE-2024-6775,1.5,0.2\n",
        "line 2",
        "no number from 0 to 1");
    refused("epss-json", "[{\"cve\":\"CVE-1\",\"percentile\":0.1}]", "line 1", "epss");
    refused("osv-json", "{\"modified\": 1}", "line 1", "no id");
  }

  private static void refused(String format, String document, String place, String reason) {
    assertThatThrownBy(
            () -> read(format, new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining(place)
        .hasMessageContaining(reason);
  }

  @Test
  void readsRealFeedsInFull() throws IOException {
    Path folder =
        Path.of(System.getProperty("sluice.samples", "samples-not-given")).resolve("feeds");
    Assumptions.assumeTrue(
        Files.isDirectory(folder),
        "no real feeds at " + folder + "; name the folder of samples with -Dsluice.samples=DIR");

    List<VulnerabilityIntel> json =
        read(
            "kev-json",
            Files.newInputStream(folder.resolve("known_exploited_vulnerabilities.json")));
    List<VulnerabilityIntel> csv =
        read(
            "kev-csv", Files.newInputStream(folder.resolve("known_exploited_vulnerabilities.csv")));
    List<VulnerabilityIntel> epss =
        read(
            "epss-csv",
            new GZIPInputStream(
                Files.newInputStream(folder.resolve("epss_scores-2025-07-13.subset.csv.gz"))));

    assertThat(json).hasSize(1404);
    assertThat(csv).hasSameElementsAs(json);
    long rows;
    try (var lines = Files.lines(folder.resolve("epss_scores-2025-07-13.subset.csv"))) {
      rows = lines.filter(line -> line.startsWith("CVE-")).count();
    }
    assertThat(epss).hasSize((int) rows);
  }
}
