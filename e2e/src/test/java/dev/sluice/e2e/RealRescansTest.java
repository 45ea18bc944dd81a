package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Finding;
import dev.sluice.events.ItemStatus;
import dev.sluice.events.ScanVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two runs of one scanner on the same code: only what is new opens, only what is gone closes. */
class RealRescansTest {
  private static final Path SAMPLES = Path.of(System.getProperty("sluice.samples", ""));

  private final MemoryRiver river = new MemoryRiver();

  @BeforeEach
  void needsRealReports() {
    Assumptions.assumeTrue(
        Files.isDirectory(SAMPLES.resolve("semgrep")),
        "skipped: real scanner reports are not at " + SAMPLES);
  }

  @ParameterizedTest
  @CsvSource({
    "semgrep/dd-semgrep_version_1_30_0_line_26.json, semgrep/dd-semgrep_version_1_30_0_line_27.json",
    "semgrep/dd-close_old_findings_report_line31.json, semgrep/dd-close_old_findings_report_second_run_line24.json",
  })
  void findingThatOnlyMovedIsTheSame(String first, String second) throws Exception {
    river.publish(SAMPLES.resolve(first), "github.com/acme/app", "1.0.0");
    int findings = river.findings.size();
    assertThat(findings).isPositive();

    ScanVerdict verdict = river.publish(SAMPLES.resolve(second), "github.com/acme/app", "1.0.1");

    assertThat(verdict.getNewFindings()).isZero();
    assertThat(verdict.getFixedFindings()).isZero();
    assertThat(river.findings).hasSize(findings);
  }

  @Test
  void rescanOfAnImageOpensWhatIsNewAndClosesWhatIsGone() throws Exception {
    Set<String> before = Set.of();
    for (String day : List.of("250709", "250711", "250713")) {
      Path file = SAMPLES.resolve("rescan-trivy-sarif/nginx-unprivileged-" + day + ".sarif");
      Set<String> shown = rows(file);
      ScanVerdict verdict = river.publish(file, "image", "1.0.0");

      assertThat(verdict.getNewFindings()).isEqualTo(without(shown, before));
      assertThat(verdict.getFixedFindings()).isEqualTo(without(before, shown));
      before = shown;
    }
  }

  /** Rule and package of each result, read from the text without our reader. */
  private static Set<String> rows(Path file) throws IOException {
    Matcher result =
        Pattern.compile(
                "\"ruleId\":\\s*\"([^\"]+)\".*?\"text\":\\s*\"Package: (.*?)\\\\n", Pattern.DOTALL)
            .matcher(Files.readString(file));
    Set<String> rows = new HashSet<>();
    while (result.find()) {
      rows.add(result.group(1) + " " + result.group(2));
    }
    assertThat(rows).isNotEmpty();
    return rows;
  }

  private static long without(Set<String> all, Set<String> others) {
    return all.stream().filter(row -> !others.contains(row)).count();
  }

  @Test
  void toolsThatNameOnePlaceShareOneTicket() throws Exception {
    Path pair = SAMPLES.resolve("pairs-hbs23-golang-demo");
    river.publish(pair.resolve("codeql.sarif"), "github.com/hbs23/golang-demo", "1.0.0");
    river.publish(pair.resolve("semgrep.json"), "github.com/hbs23/golang-demo", "1.0.0");

    assertThat(river.items.values())
        .filteredOn(item -> item.getStatus() == ItemStatus.OPEN && item.getFindingCount() > 1)
        .singleElement()
        .satisfies(item -> assertThat(item.getPlace()).isEqualTo("main.go:273"))
        .satisfies(item -> assertThat(item.getScanners()).containsExactly("codeql", "semgrep"));
    assertThat(river.findings.values())
        .filteredOn(f -> f.getLocation() != null && f.getLocation().getStartLine() == 273)
        .extracting(Finding::getVulnerability)
        .hasSize(2);
  }
}
