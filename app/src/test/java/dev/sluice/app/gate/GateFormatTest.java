package dev.sluice.app.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.app.ExitCode;
import dev.sluice.app.Version;
import dev.sluice.events.Outcome;
import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateFinding;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** {@code -Dsluice.golden=write} writes the files anew. */
class GateFormatTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path GOLDEN = Path.of("src/test/resources/golden/gate");

  /** What a hostile scanner may say: terminal, HTML, Markdown, XML, mentions, links, halves. */
  private static final String HOSTILE =
      "\u001b[2J<script>alert(1)</script> `code` | cell | @everyone #1 ![x](http://evil/x.png)"
          + " [y](javascript:z) ]]> & \"q\" 'a' \u0000\u0001\u0085\ufffe\ud800 \u202egnp.exe"
          + "\n## heading\n::error::workflow \\| \\` </testcase> ${{ secrets.X }} end";

  @ParameterizedTest
  @EnumSource(GateFormat.class)
  void failsAsInTheGoldenFile(GateFormat format) throws IOException {
    golden("fail", format, List.of(GateResult.of(failing(), null)));
  }

  @ParameterizedTest
  @EnumSource(GateFormat.class)
  void cannotKnowAsInTheGoldenFile(GateFormat format) throws IOException {
    golden("unknown", format, List.of(GateResult.of(unknown(), null)));
  }

  @ParameterizedTest
  @EnumSource(GateFormat.class)
  void isOverriddenAsInTheGoldenFile(GateFormat format) throws IOException {
    GateAnswer.Override by =
        new GateAnswer.Override("gate-1", "alex", "INC-4711", "2026-11-22T10:00:00Z");
    golden("overridden", format, List.of(GateResult.of(failing().overridden(by), null)));
  }

  @Test
  void lateScansPassOrFailOnlyWhereNothingElseIsUnknown() {
    assertThat(GateResult.of(unknown(), null).exit()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(GateResult.of(late(), null).exit()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(GateResult.of(late(), GateResult.OnTimeout.PASS).exit()).isEqualTo(ExitCode.OK);
    assertThat(GateResult.of(late(), GateResult.OnTimeout.FAIL).exit()).isEqualTo(ExitCode.POLICY);
    assertThat(GateResult.of(unknown(), GateResult.OnTimeout.PASS).exit())
        .as("a suspicious scan is not a late one")
        .isEqualTo(ExitCode.UNREACHABLE);
    assertThat(GateResult.of(failing(), GateResult.OnTimeout.PASS).exit())
        .isEqualTo(ExitCode.POLICY);
  }

  @Test
  void tableShowsNoControlCharacters() {
    String text = GateFormat.TABLE.text(List.of(GateResult.of(hostile(), null)), true);

    assertThat(text).doesNotContain("\u001b", "\u0000", "\u202e").contains("alert(1)");
    assertThat(text.lines()).noneMatch(line -> line.startsWith("## ") || line.startsWith("::"));
  }

  @Test
  void markdownKeepsWhatScannersSayInsideCodeSpans() {
    String text = GateFormat.MARKDOWN.text(List.of(GateResult.of(hostile(), null)), true);

    for (String line : text.lines().toList()) {
      String outside = line.replaceAll("`[^`]*`", "");
      assertThat(outside)
          .doesNotContain("<", "@", "http", "](", "`", "::error", "secrets")
          .doesNotContain("heading");
    }
    assertThat(text).doesNotContain("\u001b", "\u0000", "\u202e");
    long bars =
        text.lines()
            .filter(line -> line.startsWith("| high"))
            .findFirst()
            .orElseThrow()
            .chars()
            .filter(c -> c == '|')
            .count();
    assertThat(bars).as("seven cells").isEqualTo(8);
  }

  @Test
  void markdownFitsAComment() {
    List<GateFinding> many =
        IntStream.range(0, 2_000).mapToObj(i -> finding("f" + i, "x€".repeat(150), true)).toList();

    String text =
        GateFormat.MARKDOWN.text(List.of(GateResult.of(answer(Outcome.FAIL, many), null)), false);

    assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(65_536);
    assertThat(text).endsWith(" more lines did not fit here.\n");
    long rows = text.lines().filter(line -> line.startsWith("| high")).count();
    String cut = text.replaceAll("(?s).*… (\\d+) more lines.*", "$1").strip();
    assertThat(rows + Long.parseLong(cut)).isGreaterThanOrEqualTo(2_000);
  }

  @Test
  void sarifIsWhatCodeScanningTakes() throws IOException {
    List<GateFinding> findings =
        List.of(finding("f-1", HOSTILE, true), finding("f-2", "plain", false));
    String text =
        GateFormat.SARIF.text(List.of(GateResult.of(answer(Outcome.FAIL, findings), null)), false);

    JsonNode run = JSON.readTree(text).at("/runs/0");
    assertThat(run.at("/automationDetails/id").asText()).isEqualTo("sluice/ghcr.io/acme/pay/");
    assertThat(run.at("/tool/driver/rules/0/properties/security-severity").asText())
        .isEqualTo("8.0");
    for (JsonNode result : run.path("results")) {
      assertThat(result.at("/partialFingerprints/primaryLocationLineHash").asText())
          .startsWith("f-");
      assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt()).isPositive();
      String uri = result.at("/locations/0/physicalLocation/artifactLocation/uri").asText();
      assertThat(java.net.URI.create(uri).isAbsolute()).isFalse();
      assertThat(result.path("ruleId").asText())
          .isEqualTo(
              run.at("/tool/driver/rules/" + result.path("ruleIndex").asInt() + "/id").asText());
    }
    String message = run.at("/results/0/message/text").asText();
    assertThat(message).doesNotContain("\u001b", "\n").contains("\\[y\\](javascript");
  }

  @Test
  void sarifHoldsAtMostWhatGithubTakesAndSaysSo() throws IOException {
    List<GateFinding> many =
        IntStream.range(0, 25_010).mapToObj(i -> finding("f" + i, "t", false)).toList();

    JsonNode run =
        JSON.readTree(
                GateFormat.SARIF.text(
                    List.of(GateResult.of(answer(Outcome.PASS, many), null)), false))
            .at("/runs/0");

    assertThat(run.path("results")).hasSize(25_000);
    assertThat(run.at("/properties/findingsLeftOut").asInt()).isEqualTo(10);
  }

  @Test
  void junitIsXmlWhateverScannersSay() throws Exception {
    String text = GateFormat.JUNIT.text(List.of(GateResult.of(hostile(), null)), true);

    Document document = parse(text);
    assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(1);
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(3);
    assertThat(
            document
                .getElementsByTagName("testsuite")
                .item(0)
                .getAttributes()
                .getNamedItem("failures")
                .getNodeValue())
        .isEqualTo("1");
  }

  @Test
  void junitOfAnUnknownVersionHasAnError() throws Exception {
    Document document =
        parse(GateFormat.JUNIT.text(List.of(GateResult.of(unknown(), null)), false));

    assertThat(document.getElementsByTagName("error").getLength()).isEqualTo(2);
  }

  @Test
  void jsonReadsBackAsTheAnswer() throws IOException {
    String text = GateFormat.JSON.text(List.of(GateResult.of(failing(), null)), false);

    assertThat(JSON.readValue(text, GateAnswer.class)).isEqualTo(failing());
    String hostile = GateFormat.JSON.text(List.of(GateResult.of(hostile(), null)), false);
    assertThat(hostile).doesNotContain("\u001b", "\u0000");
    assertThat(JSON.readTree(hostile).at("/findings/0/title").asText()).endsWith(" end");
    String two =
        GateFormat.JSON.text(
            List.of(GateResult.of(failing(), null), GateResult.of(unknown(), null)), false);
    assertThat(JSON.readTree(two)).hasSize(2);
  }

  private static Document parse(String text) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
  }

  private static void golden(String name, GateFormat format, List<GateResult> results)
      throws IOException {
    String text = format.text(results, true).replace('"' + Version.current() + '"', "\"VERSION\"");
    Path file = GOLDEN.resolve(name + "." + format.name().toLowerCase(Locale.ROOT));
    if ("write".equals(System.getProperty("sluice.golden"))) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }

  private static GateAnswer failing() {
    return answer(
        Outcome.FAIL,
        List.of(
            finding("f-1", "Buffer overflow in X.509 names", true),
            code("f-2", false),
            withheld("f-3")));
  }

  private static GateAnswer hostile() {
    return answer(Outcome.FAIL, List.of(finding("f-1", HOSTILE, true), withheld("f-3")));
  }

  private static GateAnswer unknown() {
    return new GateAnswer(
        "ghcr.io/acme/pay",
        null,
        "5.2.1",
        null,
        "5.x",
        Outcome.CANNOT_KNOW,
        "Nobody can know: trivy: The scan is suspicious. grype: no scan of it is known.",
        false,
        List.of(
            "trivy: The scan is suspicious. 84 of 90 claims are gone.",
            "grype: no scan of it is known."),
        null,
        List.of(scan("SUSPICIOUS", "CANNOT_KNOW")),
        List.of(new GateAnswer.Missing("grype", null, null, "no scan of it is known")),
        0,
        0,
        null,
        Map.of(),
        List.of(),
        0,
        List.of());
  }

  private static GateAnswer late() {
    return new GateAnswer(
        "ghcr.io/acme/pay",
        null,
        "5.2.1",
        null,
        null,
        Outcome.CANNOT_KNOW,
        "Nobody can know.",
        false,
        List.of("grype: no scan of it is known."),
        null,
        List.of(),
        List.of(new GateAnswer.Missing("grype", null, null, "no scan of it is known")),
        0,
        0,
        null,
        Map.of(),
        List.of(),
        0,
        List.of());
  }

  private static GateAnswer answer(Outcome outcome, List<GateFinding> findings) {
    long failing = findings.stream().filter(GateFinding::fails).count();
    return new GateAnswer(
        "ghcr.io/acme/pay",
        null,
        "5.2.1",
        null,
        "5.x",
        outcome,
        failing + " findings fail the gate.",
        true,
        List.of(),
        null,
        List.of(scan("COMPLETE", outcome.name())),
        List.of(),
        failing,
        2,
        null,
        Map.of("no-fix", 12L),
        findings,
        0,
        List.of(
            new GateAnswer.Upgrade(
                "i-1",
                "Upgrade openssl",
                "openssl",
                List.of("f-1"),
                List.of(new GateAnswer.Line("5.x", List.of("3.0.1"), "3.0.9", null)))));
  }

  private static GateAnswer.Scan scan(String completeness, String outcome) {
    return new GateAnswer.Scan(
        "s-1",
        "trivy",
        null,
        null,
        "5.2.1",
        "5.x",
        "HEAD",
        "2026-11-22T09:00:00Z",
        completeness,
        outcome,
        "RATCHET",
        "why",
        List.of(),
        20,
        18,
        2,
        1,
        3,
        1,
        Map.of("high", 2L),
        Map.of("no-fix", 12L));
  }

  private static GateFinding finding(String id, String title, boolean fails) {
    return new GateFinding(
        id,
        "CVE-2026-1",
        "VULNERABLE_PACKAGE",
        "HIGH",
        title,
        "openssl",
        "pkg:deb/debian/openssl",
        null,
        null,
        List.of("3.0.1"),
        "3.0.9",
        true,
        true,
        fails,
        "open",
        "fix-available",
        "i-1",
        List.of("trivy"));
  }

  private static GateFinding code(String id, boolean fails) {
    return new GateFinding(
        id,
        "G401",
        "CODE_WEAKNESS",
        "MEDIUM",
        "Weak hash [md5]",
        null,
        null,
        "pkg/a b/sum.go",
        17,
        List.of(),
        null,
        false,
        true,
        fails,
        "open",
        "new",
        null,
        List.of("gosec"));
  }

  private static GateFinding withheld(String id) {
    return new GateFinding(
        id,
        "CVE-2026-3",
        "VULNERABLE_PACKAGE",
        "LOW",
        "Minor",
        "zlib",
        "pkg:deb/debian/zlib",
        null,
        null,
        List.of("1.2"),
        null,
        false,
        false,
        false,
        "withheld",
        "no-fix",
        null,
        List.of("trivy"));
  }
}
