package dev.sluice.streams.rules.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.Suppression;
import dev.sluice.streams.rules.document.DocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class VexFormatsTest {

  /** Statements as "vulnerability status products parts". */
  private static List<String> read(String document) {
    return VexFormats.read("a.json", document).stream().map(VexFormatsTest::text).toList();
  }

  private static String text(Suppression each) {
    return each.getVulnerability()
        + " "
        + each.getVexStatus()
        + " "
        + each.getProducts()
        + (each.getSubcomponents().isEmpty() ? "" : " " + each.getSubcomponents());
  }

  @Test
  void readsOpenVexOfBothShapes() {
    assertThat(
            read(
                """
                {"@context": "https://openvex.dev/ns/v0.2.0", "author": "acme", "timestamp": "2026-01-01T00:00:00Z",
                 "statements": [
                  {"vulnerability": {"name": "GO-2026-0001", "aliases": ["CVE-2026-0001"]},
                   "products": [{"@id": "pkg:oci/pay", "subcomponents": [{"@id": "pkg:golang/x@v1"}]}],
                   "status": "not_affected", "justification": "component_not_present"}]}
                """))
        .containsExactly(
            "GO-2026-0001 NOT_AFFECTED [pkg:oci/pay] [pkg:golang/x@v1]",
            "CVE-2026-0001 NOT_AFFECTED [pkg:oci/pay] [pkg:golang/x@v1]");
    assertThat(
            read(
                """
                {"@context": "https://openvex.dev/ns", "statements": [
                  {"vulnerability": "CVE-2026-0001", "products": ["nginx"], "status": "under_investigation"}]}
                """))
        .containsExactly("CVE-2026-0001 UNDER_INVESTIGATION [nginx]");
  }

  @Test
  void ofSeveralStatementsAboutTheSameTheNewestStays() {
    String statement =
        "{\"vulnerability\": \"CVE-2026-0001\", \"products\": [\"pkg:npm/left\"], \"status\": \"%s\", \"timestamp\": \"%s\"}";
    String document =
        "{\"@context\": \"https://openvex.dev/ns\", \"statements\": ["
            + statement.formatted("not_affected", "2026-02-01T00:00:00Z")
            + ","
            + statement.formatted("under_investigation", "2026-01-01T00:00:00Z")
            + "]}";

    assertThat(read(document)).containsExactly("CVE-2026-0001 NOT_AFFECTED [pkg:npm/left]");
  }

  @Test
  void readsCycloneDxWithVersionsRangesAndLinks() {
    assertThat(
            read(
                """
                {"bomFormat": "CycloneDX", "specVersion": "1.4",
                 "components": [{"bom-ref": "c1", "name": "left", "purl": "pkg:npm/left@1.0.0"}],
                 "vulnerabilities": [
                  {"id": "CVE-2026-0001", "analysis": {"state": "false_positive"}, "affects": [{"ref": "c1"}]},
                  {"id": "CVE-2026-0002", "analysis": {"state": "not_affected"}, "affects": [
                    {"ref": "urn:cdx:1/1#pkg%3Anpm/right@2.0.0", "versions": [
                      {"version": "2.0.0", "status": "unaffected"},
                      {"range": "vers:npm/>=3", "status": "unaffected"},
                      {"range": "3 and up", "status": "unaffected"}]}]},
                  {"id": "CVE-2026-0003", "affects": [{"ref": "c1"}]}]}
                """))
        .containsExactly(
            "CVE-2026-0001 NOT_AFFECTED [pkg:npm/left@1.0.0]",
            "CVE-2026-0002 NOT_AFFECTED [pkg:npm/right@2.0.0]",
            "CVE-2026-0002 NOT_AFFECTED [pkg:npm/right#vers:npm/>=3]");
  }

  @Test
  void readsCsafWithRelationsAndFlags() {
    List<Suppression> statements =
        VexFormats.read(
            "a.json",
            """
            {"document": {"csaf_version": "2.0", "publisher": {"name": "acme"},
                          "tracking": {"current_release_date": "2026-01-01T00:00:00Z"}},
             "product_tree": {
               "branches": [{"name": "acme", "category": "vendor", "branches": [
                 {"category": "product_version_range", "name": "vers:oci/<5",
                  "product": {"product_id": "P", "name": "pay",
                    "product_identification_helper": {"purl": "pkg:oci/pay?repository_url=r.example/pay"}}},
                 {"category": "product_version", "name": "1",
                  "product": {"product_id": "L", "name": "left",
                    "product_identification_helper": {"purl": "pkg:npm/left@1.0.0"}}}]}],
               "relationships": [{"product_reference": "L", "relates_to_product_reference": "P",
                 "category": "default_component_of", "full_product_name": {"product_id": "P:L", "name": "x"}}]},
             "vulnerabilities": [{"cve": "CVE-2026-0001",
               "flags": [{"label": "component_not_present", "product_ids": ["P:L"]}],
               "product_status": {"known_not_affected": ["P:L"]}}]}
            """);

    assertThat(statements)
        .extracting(VexFormatsTest::text)
        .containsExactly(
            "CVE-2026-0001 NOT_AFFECTED [pkg:oci/pay?repository_url=r.example/pay#vers:oci/<5] [pkg:npm/left@1.0.0]");
    assertThat(statements.get(0).getJustification()).isEqualTo("component_not_present");
    assertThat(statements.get(0).getOwner()).isEqualTo("acme");
  }

  @Test
  void aPackageOfOneReleaseIsNotTakenForThatOfAllReleases() {
    String document =
        """
        {"document": {"csaf_version": "2.0"},
         "product_tree": {
           "branches": [
             {"category": "product_name", "name": "Box 8", "product": {"product_id": "B8", "name": "Box 8"}},
             {"category": "product_version", "name": "left", "product": {"product_id": "L", "name": "left",
               "product_identification_helper": {"purl": "%s"}}}],
           "relationships": [{"product_reference": "L", "relates_to_product_reference": "B8",
             "full_product_name": {"product_id": "B8:L", "name": "left of Box 8"}}]},
         "vulnerabilities": [{"cve": "CVE-2026-0001", "product_status": {"known_not_affected": ["B8:L"]}}]}
        """;

    assertThat(read(document.formatted("pkg:rpm/box/left"))).isEmpty();
    assertThat(read(document.formatted("pkg:rpm/box/left@1.0-1.el8")))
        .containsExactly("CVE-2026-0001 NOT_AFFECTED [pkg:rpm/box/left@1.0-1.el8]");
  }

  @Test
  void refusesWhatIsNoVexDocument() {
    assertThatThrownBy(() -> read("{}"))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("no VEX document");
    assertThatThrownBy(() -> read("{\"statements\":"))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("cut off");
  }

  @Test
  void readsEveryRealDocumentWithTheStatusesThatWereCounted() throws IOException {
    Path folder =
        Path.of(System.getProperty("sluice.samples", "samples-not-given")).resolve("feeds/vex");
    Assumptions.assumeTrue(
        Files.isDirectory(folder),
        "no real documents at "
            + folder
            + "; name the folder of samples with -Dsluice.samples=DIR");

    assertThat(statuses(folder, "openvex-harvester-webhook.json")).containsOnlyKeys("NOT_AFFECTED");
    assertThat(statuses(folder, "openvex-v0.0-images.json"))
        .isEqualTo(Map.of("UNDER_INVESTIGATION", 4L));
    assertThat(statuses(folder, "dd-openvex_many_vuln.json"))
        .isEqualTo(
            Map.of("NOT_AFFECTED", 4L, "AFFECTED", 1L, "FIXED", 1L, "UNDER_INVESTIGATION", 1L));
    assertThat(statuses(folder, "cyclonedx-vex-cisa-case3.json"))
        .isEqualTo(
            Map.of("NOT_AFFECTED", 6L, "AFFECTED", 5L, "FIXED", 3L, "UNDER_INVESTIGATION", 5L));
    assertThat(statuses(folder, "csaf-vex-uc03-multistatus.json"))
        .isEqualTo(
            Map.of("NOT_AFFECTED", 6L, "AFFECTED", 5L, "FIXED", 3L, "UNDER_INVESTIGATION", 5L));
    assertThat(statuses(folder, "csaf-rhsa-2021_5186.json"))
        .isEqualTo(Map.of("NOT_AFFECTED", 4L, "FIXED", 2L));
    try (var files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        assertThat(VexFormats.read(file.getFileName().toString(), Files.readString(file)))
            .as(file.toString())
            .isNotEmpty();
      }
    }
  }

  private static Map<String, Long> statuses(Path folder, String file) throws IOException {
    return VexFormats.read(file, Files.readString(folder.resolve(file))).stream()
        .collect(
            Collectors.groupingBy(
                each -> each.getVexStatus().name(), TreeMap::new, Collectors.counting()));
  }
}
