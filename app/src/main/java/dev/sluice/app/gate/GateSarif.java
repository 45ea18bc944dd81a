package dev.sluice.app.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.Version;
import dev.sluice.app.text.TextTable;
import dev.sluice.events.Outcome;
import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateFinding;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * SARIF 2.1.0 as GitHub's code scanning takes it: a run for each asset, at most 25,000 results in
 * it, each with a place and with our finding id as its fingerprint, and {@code security-severity}
 * on the rules.
 */
final class GateSarif implements GateFormat.Writer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_RESULTS = 25_000;
  private static final int MOST_TEXT = 1_000;

  @Override
  public String text(List<GateResult> results, boolean verbose) {
    ObjectNode log = JSON.createObjectNode();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    ArrayNode runs = log.putArray("runs");
    results.forEach(result -> run(runs.addObject(), result, verbose));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(log) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(ObjectNode run, GateResult result, boolean verbose) {
    GateAnswer answer = result.answer();
    List<GateFinding> findings =
        answer.findings().stream()
            .filter(each -> verbose || each.status().equals(GateFinding.OPEN))
            .limit(MOST_RESULTS)
            .toList();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Sluice");
    driver.put("semanticVersion", Version.current());
    Map<String, Integer> rules = rules(driver.putArray("rules"), findings);
    // Uploads of one category replace each other, so each asset has its own.
    String unit = answer.unit() == null ? "" : "/" + answer.unit();
    run.putObject("automationDetails").put("id", "sluice/" + answer.asset() + unit + "/");
    ObjectNode invocation = run.putArray("invocations").addObject();
    invocation.put("executionSuccessful", answer.outcome() != Outcome.CANNOT_KNOW);
    ArrayNode notifications = invocation.putArray("toolExecutionNotifications");
    for (String doubt : answer.unknown()) {
      message(notifications.addObject().put("level", "error"), doubt);
    }
    ArrayNode array = run.putArray("results");
    for (GateFinding finding : findings) {
      result(array.addObject(), answer, finding, rules.get(rule(finding)));
    }
    ObjectNode properties = run.putObject("properties");
    properties.put("outcome", answer.outcome().name());
    properties.put("reason", answer.reason());
    properties.put("findingsLeftOut", leftOut(answer, findings));
  }

  private static long leftOut(GateAnswer answer, List<GateFinding> shown) {
    long open = answer.findings().stream().filter(f -> f.status().equals(GateFinding.OPEN)).count();
    long there = shown.stream().filter(f -> f.status().equals(GateFinding.OPEN)).count();
    return answer.findingsLeftOut() + open - there;
  }

  /** One for each vulnerability or check, as bad as the worst of its results. */
  private static Map<String, Integer> rules(ArrayNode array, List<GateFinding> findings) {
    Map<String, List<GateFinding>> byRule =
        findings.stream()
            .collect(
                Collectors.groupingBy(GateSarif::rule, LinkedHashMap::new, Collectors.toList()));
    Map<String, Integer> indexes = new LinkedHashMap<>();
    byRule.forEach(
        (id, all) -> {
          indexes.put(id, indexes.size());
          GateFinding first = all.get(0);
          String severity = worst(all);
          ObjectNode rule = array.addObject();
          rule.put("id", id);
          String title = text(first.title().isBlank() ? id : first.title());
          rule.putObject("shortDescription").put("text", title);
          rule.putObject("fullDescription").put("text", title);
          rule.putObject("help").put("text", title + ". sluice explain " + id + " says more.");
          rule.putObject("defaultConfiguration").put("level", level(severity));
          ObjectNode properties = rule.putObject("properties");
          score(severity).ifPresent(score -> properties.put("security-severity", score));
          properties
              .putArray("tags")
              .add("security")
              .add(
                  first.kind() == null ? "UNKNOWN" : Sections.word(first.kind()).replace(' ', '-'));
        });
    return indexes;
  }

  private static String worst(List<GateFinding> findings) {
    List<String> worstFirst = List.of("CRITICAL", "HIGH", "MEDIUM", "UNKNOWN", "LOW");
    return worstFirst.stream()
        .filter(severity -> findings.stream().anyMatch(f -> severity.equals(f.severity())))
        .findFirst()
        .orElse("NEGLIGIBLE");
  }

  private static String rule(GateFinding finding) {
    String id = text(finding.vulnerability());
    return id.isBlank() ? finding.id() : Sections.cut(id, 255);
  }

  private static void result(
      ObjectNode result, GateAnswer answer, GateFinding finding, int ruleIndex) {
    result.put("ruleId", rule(finding));
    result.put("ruleIndex", ruleIndex);
    result.put("level", level(finding.severity()));
    message(result, sentence(finding));
    ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
    place.putObject("artifactLocation").put("uri", uri(answer, finding));
    int line = finding.placeLine() == null ? 1 : Math.max(1, finding.placeLine());
    place.putObject("region").put("startLine", line);
    ObjectNode fingerprints = result.putObject("partialFingerprints");
    fingerprints.put("sluiceFinding/v1", finding.id());
    fingerprints.put("primaryLocationLineHash", finding.id()); // the one that GitHub compares
    result.put("baselineState", finding.isNew() ? "new" : "unchanged");
    if (!finding.status().equals(GateFinding.OPEN)) {
      result
          .putArray("suppressions")
          .addObject()
          .put("kind", "external")
          .put("justification", text(finding.status() + ": " + finding.reason()));
    }
    ObjectNode properties = result.putObject("properties");
    properties.put("failsGate", finding.fails());
    properties.put("severity", finding.severity());
    properties.put("reason", finding.reason());
    properties.put("item", finding.item());
    properties.put("package", finding.purl());
    properties.put("fixedVersion", finding.fixedVersion());
    finding.scanners().forEach(properties.putArray("scanners")::add);
  }

  private static String sentence(GateFinding finding) {
    StringBuilder text = new StringBuilder(finding.subject());
    if (!finding.installedVersions().isEmpty()) {
      text.append(' ').append(String.join(", ", finding.installedVersions()));
    }
    if (!finding.title().isBlank()) {
      text.append(": ").append(finding.title());
    }
    text.append(text.charAt(text.length() - 1) == '.' ? "" : ".");
    if (finding.fixedVersion() != null) {
      text.append(" Fixed in ").append(finding.fixedVersion()).append('.');
    }
    if (finding.knownExploited()) {
      text.append(" Known to be exploited.");
    }
    return text.toString();
  }

  /** Section 3.11.6: brackets and backslashes in a message are links unless they are escaped. */
  private static void message(ObjectNode parent, String sentence) {
    String escaped = text(sentence).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]");
    parent.putObject("message").put("text", escaped);
  }

  /** A path of the repository, or, of what has none, a name that stands for it. */
  private static String uri(GateAnswer answer, GateFinding finding) {
    String path =
        finding.place() != null
            ? finding.place()
            : finding.packageName() != null ? finding.packageName() : answer.asset();
    String encoded =
        Arrays.stream(path.split("/"))
            .filter(part -> !part.isEmpty() && !part.equals("..") && !part.equals("."))
            .map(
                part ->
                    URLEncoder.encode(part, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%40", "@"))
            .collect(Collectors.joining("/"));
    return encoded.isEmpty() ? "unknown" : encoded;
  }

  private static String level(String severity) {
    return switch (severity == null ? "" : severity) {
      case "CRITICAL", "HIGH" -> "error";
      case "LOW", "NEGLIGIBLE", "NONE" -> "note";
      default -> "warning";
    };
  }

  /** The middle of each band that GitHub cuts at 9.0, 7.0 and 4.0; unknown has none. */
  private static Optional<String> score(String severity) {
    return switch (severity) {
      case "CRITICAL" -> Optional.of("9.5");
      case "HIGH" -> Optional.of("8.0");
      case "MEDIUM" -> Optional.of("5.5");
      case "LOW" -> Optional.of("2.0");
      default -> Optional.empty();
    };
  }

  private static String text(String text) {
    return Sections.cut(TextTable.plain(text).strip(), MOST_TEXT);
  }
}
