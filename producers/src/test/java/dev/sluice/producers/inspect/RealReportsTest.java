package dev.sluice.producers.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.producers.format.Formats;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.format.SeverityWords;
import dev.sluice.producers.redact.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Reads real reports of others and compares with what was counted in them by hand. The reports are
 * not part of this project: they are read where the folder of {@code sluice.samples} is present.
 */
final class RealReportsTest {
  /** Formats of the index that are read, and the id that must be recognised. */
  private static final Map<String, String> FORMATS =
      Map.ofEntries(
          Map.entry("trivy", "trivy-json"),
          Map.entry("grype", "grype-json"),
          Map.entry("sarif", "sarif"),
          Map.entry("gosec", "gosec-json"),
          Map.entry("gitlab", "gitlab-json"),
          Map.entry("openvex", "govulncheck-openvex"),
          Map.entry("staticcheck", "staticcheck-json"),
          Map.entry("staticcheck JSON", "staticcheck-json"),
          Map.entry("dependabot REST", "dependabot"),
          Map.entry("dependabot GraphQL", "dependabot"),
          Map.entry("code-scanning REST", "github-code-scanning"),
          Map.entry("secret-scanning REST", "github-secret-scanning"),
          Map.entry("webhook", "dependabot"),
          Map.entry("webhook dependabot_alert", "dependabot"),
          Map.entry("webhook repository_vulnerability_alert", "dependabot"),
          Map.entry("webhook code_scanning_alert", "github-code-scanning"),
          Map.entry("webhook repository_advisory", "github-repository-advisory"),
          Map.entry("webhook secret_scanning_alert", "github-secret-scanning"),
          Map.entry("gitleaks", "gitleaks-json"),
          Map.entry("trufflehog", "trufflehog-json"),
          Map.entry("dependency-check XML", "dependency-check"),
          Map.entry("ZAP JSON", "zap"),
          Map.entry("ZAP XML", "zap"),
          Map.entry("checkov", "checkov-json"),
          Map.entry("kubebench", "kube-bench-json"),
          Map.entry("anchore", "anchore-json"),
          Map.entry("anchore enterprise policy check", "anchore-json"),
          Map.entry("osv", "osv-json"),
          Map.entry("snyk", "snyk-json"),
          Map.entry("cdx", "cyclonedx"),
          Map.entry("npm", "npm-audit"),
          Map.entry("pnpm audit", "npm-audit"),
          Map.entry("yarn1 JSON lines", "npm-audit"),
          Map.entry("trivyop", "trivy-operator"),
          Map.entry("clair", "clair-json"),
          Map.entry("clair v4 report", "clair-json"),
          Map.entry("quay security API", "clair-json"),
          Map.entry("semgrep", "semgrep-json"),
          Map.entry("bandit", "bandit-json"),
          Map.entry("hadolint", "hadolint-json"),
          Map.entry("govuln", "govulncheck-json"));

  /** Called a Dependabot report there; it is a list of code scanning alerts. */
  private static final String MISLABELLED = "dependabot/dd-issue_9582.json";

  /** Formats that state no severity; the index notes something else in its column. */
  private static final Set<String> UNRATED =
      Set.of(
          "govulncheck-json",
          "github-secret-scanning",
          "gitleaks-json",
          "trufflehog-json",
          "kube-bench-json",
          "govulncheck-openvex");

  /** Two of its vulnerabilities are suppressed, which the index leaves out. */
  private static final String SUPPRESSED_TOO =
      "dependency-check/dd-multiple_vulnerabilities_has_multiple_findings.xml";

  /** Reports that we count otherwise than the index; docs/formats.md says why. */
  private static final Map<String, Long> COUNTED_OTHERWISE =
      Map.ofEntries(
          Map.entry("anchore/dd-one_check.json", 1L),
          Map.entry("cyclonedx/dd-issue_9277.json", 14L),
          Map.entry("cyclonedx/dd-no-severity.json", 1L),
          Map.entry("npm-audit/dd-many_vuln_npm7.json", 8L),
          Map.entry("npm-audit/dd-npm7-many_vulns.json", 3L),
          Map.entry("snyk/s2h-iac-test-report.json", 30L),
          Map.entry("staticcheck/go-std-net-crypto-encoding.json", 112L),
          Map.entry("staticcheck/z4ng1ew.json", 0L),
          Map.entry("checkov/heimdall-checkov_with_skips.json", 14L),
          Map.entry(SUPPRESSED_TOO, 9L),
          Map.entry("govulncheck/dd-issue_15033.json", 72L),
          Map.entry("govulncheck/dd-many_vulns.json", 3L));

  /** Reports that are refused, each for its reason; docs/formats.md says the same. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("trivy/dd-legacy_no_vuln.json", "literal null"),
          Map.entry("grype/mcpserver-utf16le-jsonrpc.txt", "does not start with JSON"),
          Map.entry("grype/msn-weather-stderr-prefix.txt", "does not start with JSON"),
          Map.entry("gitleaks/dd-no_findings.json", "literal null"),
          Map.entry("gitleaks/gitleaks-empty.json", "only an empty array"),
          Map.entry("osv-scanner/dd-no_findings.json", "is empty"),
          Map.entry("npm-audit/dd-empty_with_error.json", "ENOAUDIT"),
          Map.entry("trivy-operator/dd-clustercompliancereport.json", "compliance reports"),
          Map.entry("gosec/nas-os-truncated.json", "cut off"),
          Map.entry("staticcheck/httprouter-empty.json", "is empty"),
          Map.entry("sarif/codeql-action-invalid-sarif.sarif", "expected an array"),
          Map.entry("sarif/sarif-v1.0.0-androidstudio.sarif", "only 2.1.0"));

  /** One match of it has no severity at all, which the index calls None and we call unknown. */
  private static final Set<String> ABSENT_SEVERITY =
      Set.of(
          "grype/dd-issue_9618.json",
          "checkov/heimdall-checkov_with_skips.json",
          SUPPRESSED_TOO,
          MISLABELLED);

  private final Inspector inspector =
      new Inspector(
          Formats.standard(
              new ReaderSettings(
                  new Redactor("0123456789abcdef".getBytes(StandardCharsets.UTF_8), "test"))));

  @TestFactory
  List<DynamicTest> readsWhatWasCountedByHand() throws IOException {
    Path folder = Path.of(System.getProperty("sluice.samples", "samples-not-given"));
    Path index = folder.resolve("INDEX.tsv");
    Assumptions.assumeTrue(
        Files.exists(index),
        "no real reports at " + folder + "; name their folder with -Dsluice.samples=DIR");
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : Files.readAllLines(index)) {
      String[] row = line.split("\t", -1);
      String format = row[0].equals(MISLABELLED) ? "github-code-scanning" : FORMATS.get(row[2]);
      if (format != null) {
        tests.add(DynamicTest.dynamicTest(row[0], () -> compare(folder, row, format)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(90);
    return tests;
  }

  private void compare(Path folder, String[] row, String format) {
    ReportSummary summary = inspector.inspect(folder.resolve(row[0]), null);
    String refusal = REFUSED.get(row[0]);
    if (refusal != null) {
      assertNotNull(summary.error(), "must be refused");
      assertThat(summary.error()).contains(refusal).doesNotContain("Exception");
      return;
    }
    assertNull(summary.error());
    assertEquals(format, summary.format());
    Long otherwise = COUNTED_OTHERWISE.get(row[0]);
    long count = otherwise == null ? Long.parseLong(row[7]) : otherwise;
    assertEquals(count, summary.observations(), row[9]);
    if (UNRATED.contains(format)) {
      assertEquals(count == 0 ? Map.of() : Map.of("unknown", count), counted(summary));
    } else if (format.equals("osv-json")) {
      // The index counts the databases' words; where there is none, our reader takes the score.
      expectedSeverities(row[8])
          .forEach(
              (word, n) -> assertThat(summary.bySeverity().get(word)).isGreaterThanOrEqualTo(n));
    } else if (otherwise == null
        && !ABSENT_SEVERITY.contains(row[0])
        && !row[2].startsWith("webhook")
        && (count == 0 || !row[8].isEmpty())) {
      if (format.equals("zap")) {
        assertEquals(zapSeverities(row[8]), counted(summary), row[8]);
        return;
      }
      // The index calls it None where Checkov, without an API key, states no severity.
      String words = format.equals("checkov-json") ? row[8].replace("None=", "absent=") : row[8];
      assertEquals(expectedSeverities(words), counted(summary), row[8]);
    }
  }

  /** The index counts ZAP's codes: riskcode:0=7;1=8;2=4. */
  private static Map<String, Long> zapSeverities(String codes) {
    String[] words = {"negligible", "low", "medium", "high"};
    Map<String, Long> expected = new TreeMap<>();
    for (String entry : codes.replace("riskcode:", "").split(";")) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        expected.put(
            words[Integer.parseInt(entry.substring(0, equals))],
            Long.parseLong(entry.substring(equals + 1)));
      }
    }
    return expected;
  }

  private static Map<String, Long> counted(ReportSummary summary) {
    return new TreeMap<>(summary.bySeverity());
  }

  /**
   * The index's severities on our scale. For SARIF it lists levels and, where rules have it,
   * security-severity, which then counts.
   */
  private static Map<String, Long> expectedSeverities(String text) {
    Map<String, Long> expected = new TreeMap<>();
    String words = text;
    int score = text.indexOf("security-severity:");
    if (score >= 0) {
      words = text.substring(score + "security-severity:".length());
    } else if (text.startsWith("level:")) {
      words = text.substring("level:".length());
    } else if (text.startsWith("database_specific.severity:")) {
      words = text.substring("database_specific.severity:".length()).replaceFirst("None=.*", "");
    } else if (text.startsWith("first-rating severity:")) {
      // CycloneDX: None is the absence of any rating.
      words = text.substring("first-rating severity:".length()).replaceFirst(" \\|.*", "");
      words = words.replace("None=", "unknown=");
    }
    for (String entry : words.split(";")) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        String word = entry.substring(0, equals).strip().replace("bad:", "");
        long count = Long.parseLong(entry.substring(equals + 1).strip());
        String key = SeverityWords.of(word).name().toLowerCase(Locale.ROOT);
        expected.merge(key, count, Long::sum);
      }
    }
    return expected;
  }
}
