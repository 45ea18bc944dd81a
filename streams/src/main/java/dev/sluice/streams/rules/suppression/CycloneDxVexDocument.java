package dev.sluice.streams.rules.suppression;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.LineState;
import dev.sluice.events.VexStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Decisions as VEX in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). It speaks of versions
 * of the asset, not of packages within them: where packages of one version differ, the status that
 * withholds least stands for all.
 */
public final class CycloneDxVexDocument {
  /** Least withholding first. */
  private static final List<VexStatus> CAREFUL =
      List.of(
          VexStatus.AFFECTED,
          VexStatus.UNDER_INVESTIGATION,
          VexStatus.FIXED,
          VexStatus.NOT_AFFECTED);

  private record Said(Finding finding, Verdict verdict) {}

  private record Subject(String vulnerability, String version) {}

  private CycloneDxVexDocument() {}

  /**
   * The document as maps and lists, in the order of the specification.
   *
   * @param findings current ones of the asset; only vulnerable packages are spoken of
   */
  public static Map<String, Object> of(
      String asset, String author, List<Finding> findings, Instant now) {
    Map<Subject, Said> said = said(findings);
    TreeMap<String, Object> components = new TreeMap<>();
    Map<String, Map<String, Object>> vulnerabilities = new LinkedHashMap<>();
    said.forEach(
        (subject, what) -> {
          components.computeIfAbsent(subject.version(), version -> component(asset, version));
          String key = subject.vulnerability() + what.verdict();
          Map<String, Object> entry =
              vulnerabilities.computeIfAbsent(key, any -> vulnerability(what, now));
          affects(entry).add(Map.of("ref", reference(asset, subject.version())));
        });
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("timestamp", now.toString());
    metadata.put("authors", List.of(Map.of("name", author)));
    byte[] seed = (asset + now).getBytes(StandardCharsets.UTF_8);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("bomFormat", "CycloneDX");
    document.put("specVersion", "1.6");
    document.put("serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(seed));
    document.put("version", 1);
    document.put("metadata", metadata);
    document.put("components", List.copyOf(components.values()));
    document.put("vulnerabilities", List.copyOf(vulnerabilities.values()));
    return document;
  }

  private static Map<Subject, Said> said(List<Finding> findings) {
    Map<Subject, Said> said = new LinkedHashMap<>();
    Comparator<Said> careful =
        Comparator.comparingInt(each -> CAREFUL.indexOf(each.verdict().status()));
    for (Finding finding : findings) {
      if (finding.getKind() == FindingKind.VULNERABLE_PACKAGE) {
        Said what = new Said(finding, Verdict.of(finding));
        for (LineState line : Verdict.lines(finding)) {
          said.merge(
              new Subject(finding.getVulnerability(), line.getHeadVersion()),
              what,
              (a, b) -> careful.compare(a, b) <= 0 ? a : b);
        }
      }
    }
    return said;
  }

  private static Map<String, Object> component(String asset, String version) {
    Map<String, Object> component = new LinkedHashMap<>();
    component.put("type", "application");
    component.put("bom-ref", reference(asset, version));
    component.put("name", asset);
    component.put("version", version);
    return component;
  }

  private static String reference(String asset, String version) {
    return asset + "@" + version;
  }

  private static Map<String, Object> vulnerability(Said what, Instant now) {
    Verdict verdict = what.verdict();
    Map<String, Object> vulnerability = new LinkedHashMap<>();
    vulnerability.put("id", what.finding().getVulnerability());
    List<String> aliases = what.finding().getAliases();
    if (!aliases.isEmpty()) {
      vulnerability.put(
          "references",
          aliases.stream()
              .map(id -> Map.of("id", id, "source", Map.of("name", source(id))))
              .toList());
    }
    Map<String, Object> analysis = new LinkedHashMap<>();
    analysis.put("state", state(verdict));
    if (verdict.update()) {
      analysis.put("response", List.of("update"));
    }
    if (!verdict.text().isEmpty()) {
      analysis.put("detail", verdict.text());
    }
    analysis.put("lastUpdated", now.toString());
    vulnerability.put("analysis", analysis);
    vulnerability.put("affects", new ArrayList<>());
    return vulnerability;
  }

  @SuppressWarnings("unchecked") // put there above
  private static List<Object> affects(Map<String, Object> vulnerability) {
    return (List<Object>) vulnerability.get("affects");
  }

  private static String source(String id) {
    int dash = id.indexOf('-');
    return dash <= 0 ? "unknown" : id.substring(0, dash);
  }

  private static String state(Verdict verdict) {
    return switch (verdict.status()) {
      case FIXED -> "resolved";
      case NOT_AFFECTED -> verdict.falsePositive() ? "false_positive" : "not_affected";
      case AFFECTED -> "exploitable";
      default -> "in_triage";
    };
  }
}
