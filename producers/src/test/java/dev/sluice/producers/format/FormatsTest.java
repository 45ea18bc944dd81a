package dev.sluice.producers.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.sluice.producers.report.DigestingReport;
import dev.sluice.producers.report.ReportHead;
import dev.sluice.producers.report.Reports;
import dev.sluice.producers.report.ScanReader;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class FormatsTest {
  private final Formats formats = Formats.standard(Outcome.SETTINGS);

  private String refusal(String text) {
    return refusal(text.getBytes(StandardCharsets.UTF_8));
  }

  private String refusal(byte[] bytes) {
    DigestingReport report = Reports.ofStream("r.json", new ByteArrayInputStream(bytes));
    return assertThrows(UnreadableReportException.class, () -> formats.recognise(report))
        .getMessage();
  }

  /** Every head that more than one reader claims. */
  private List<String> claimedTwice(List<Path> files) throws IOException {
    List<String> twice = new java.util.ArrayList<>();
    for (Path file : files) {
      ReportHead head;
      try (DigestingReport report = Reports.ofFile(file)) {
        head = ReportHead.of(report);
      } catch (UnreadableReportException e) {
        continue;
      }
      List<String> claims =
          formats.readers().stream()
              .filter(r -> r.recognises(head))
              .map(r -> r.format().id())
              .toList();
      if (claims.size() > 1) {
        twice.add(file + " " + claims);
      }
    }
    return twice;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void noTwoReadersClaimTheSameSample() throws Exception {
    Path own = Path.of(FormatsTest.class.getResource("trivy").toURI()).getParent();
    List<Path> samples = files(own).stream().filter(f -> !f.toString().endsWith(".class")).toList();
    assertThat(samples).hasSizeGreaterThan(6);
    assertThat(claimedTwice(samples)).isEmpty();
  }

  @Test
  void noTwoReadersClaimTheSameRealReport() throws IOException {
    Path folder = Path.of(System.getProperty("sluice.samples", "samples-not-given"));
    Assumptions.assumeTrue(
        Files.isDirectory(folder),
        "no real reports at " + folder + "; name their folder with -Dsluice.samples=DIR");
    assertThat(claimedTwice(files(folder))).isEmpty();
  }

  /** Semgrep on a large repository: its own errors first, and more of them than a head holds. */
  private static String longAfterItsErrors() {
    String error =
        "{\"code\":2,\"level\":\"warn\",\"type\":\"Syntax error\",\"message\":\""
            + "x".repeat(900)
            + "\"}";
    return "{\"errors\":["
        + String.join(",", java.util.Collections.nCopies(900, error))
        + "],\"paths\":{\"scanned\":[\"a.py\"]},\"results\":[],\"version\":\"1.100.0\"}";
  }

  @Test
  void recognisesWhatTellsAFormatApartWhereverItStands() throws Exception {
    byte[] bytes = longAfterItsErrors().getBytes(StandardCharsets.UTF_8);
    DigestingReport report = Reports.ofStream("r.json", new ByteArrayInputStream(bytes));
    assertEquals("semgrep-json", formats.recognise(report).format().id());
    try (var again = report.open()) {
      assertThat(again.readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void aMapOfHundredsOfFilesHidesNothingBehindIt() throws Exception {
    StringBuilder files = new StringBuilder();
    for (int i = 0; i < 900; i++) {
      files.append(
          "\"./p%d.py\":{\"CONFIDENCE.HIGH\":0,\"SEVERITY.HIGH\":0,\"loc\":%d},".formatted(i, i));
    }
    for (String results : List.of("", "{\"issue_text\":\"t\",\"test_id\":\"B101\"}")) {
      String report =
          "{\"errors\":[],\"generated_at\":\"2026-01-01T00:00:00Z\",\"metrics\":{%s\"_totals\":{\"loc\":1}},\"results\":[%s]}"
              .formatted(files.toString().repeat(3).replace("./p", "./q/p"), results);
      byte[] bytes = report.getBytes(StandardCharsets.UTF_8);
      DigestingReport read = Reports.ofStream("r.json", new ByteArrayInputStream(bytes));
      assertEquals("bandit-json", formats.recognise(read).format().id());
    }
  }

  @Test
  void aTextThatNoReaderTakesIsNotMadeEither() {
    assertThat(refusal("{\"x\":\"" + "a".repeat(5 << 20) + "\"}")).contains("unknown format");
  }

  @Test
  void aLongUnknownOrBrokenOffReportIsRefusedAsAShortOne() {
    String unknown = "{\"a\":[" + "\"abcdefgh\",".repeat(20_000) + "1],\"b\":2}";
    assertThat(refusal(unknown)).contains("unknown format", "choose one with --format");
    assertThat(refusal(unknown.substring(0, 150_000))).contains("unknown format");
    assertThat(refusal("[" + "[".repeat(100_000))).contains("r.json: ");
  }

  @Test
  void everyReaderIsInTheListAndHasTheContractsTest() {
    JavaClasses classes = new ClassFileImporter().importPackages("dev.sluice.producers.format");
    List<String> readers =
        classes.stream()
            .filter(c -> c.isAssignableTo(ScanReader.class) && !c.isInterface())
            .filter(c -> !c.getName().contains("Test"))
            .map(JavaClass::getName)
            .sorted()
            .toList();
    List<String> listed =
        formats.readers().stream().map(r -> r.getClass().getName()).sorted().toList();
    assertEquals(listed, readers);
    for (String reader : readers) {
      assertTrue(
          classes.stream()
              .anyMatch(
                  c ->
                      c.getName().equals(reader + "Test")
                          && c.isAssignableTo(ScanReaderContractTest.class)),
          reader + " has no test that extends ScanReaderContractTest");
    }
  }

  @Test
  void formatIdsAreUnique() {
    assertThat(formats.ids()).doesNotHaveDuplicates();
  }

  @Test
  void saysWhatAnUnknownReportLooksLikeAndListsTheFormats() {
    assertThat(refusal("<?xml version='1.0'?><report/>"))
        .startsWith("r.json: looks like XML")
        .contains("trivy-json, grype-json, sarif")
        .contains("--format");
    assertThat(refusal("<!DOCTYPE html><html>")).contains("web page");
    assertThat(refusal("")).contains("is empty").doesNotContain("--format");
    assertThat(refusal("null")).contains("literal null");
    assertThat(refusal("[1,2]")).contains("JSON array of an unknown format");
    assertThat(refusal("{\"a\":1}")).contains("JSON of an unknown format");
    assertThat(refusal("level=info msg=hello")).contains("plain text");
    assertThat(refusal("WARN a\nWARN b\n{\"matches\":[]}")).contains("2 lines of other text");
    assertThat(refusal(new byte[] {0, 0, 1, 2, 3})).contains("binary data");
    assertThat(refusal("{\"version\":\"1.0.0\",\"runs\":[]}")).contains("SARIF 1.0.0");
  }

  @Test
  void saysWhyABodyThatCarriesNoFindingIsNotRead() {
    assertThat(refusal("{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"statements\":[]}"))
        .contains("is an OpenVEX document");
    assertThat(refusal("{\"action\":\"updated\",\"security_advisory\":{\"ghsa_id\":\"GHSA-1\"}}"))
        .contains("names no repository");
    assertThat(
            refusal(
                "{\"zen\":\"z\",\"repository\":{\"full_name\":\"a/b\"},\"sender\":{\"login\":\"c\"}}"))
        .contains("carries no finding");
    assertThat(
            refusal("[{\"check_name\":\"c\",\"fingerprint\":\"f\",\"location\":{\"path\":\"p\"}}]"))
        .contains("Code Quality");
  }

  @Test
  void recognisesByContentAlone() throws Exception {
    byte[] bytes = Outcome.sample("grype/image.json");
    DigestingReport report = Reports.ofStream("trivy.sarif", new ByteArrayInputStream(bytes));
    assertEquals("grype-json", formats.recognise(report).format().id());
  }
}
