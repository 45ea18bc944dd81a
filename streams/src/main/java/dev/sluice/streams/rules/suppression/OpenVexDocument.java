package dev.sluice.streams.rules.suppression;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FindingStatus;
import dev.sluice.events.LineState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Decisions as an OpenVEX document (https://github.com/openvex/spec, 0.2.0): not affected where a
 * statement or a false positive says so, affected where it is there, fixed where it was. What
 * nobody has decided about is under investigation.
 */
public final class OpenVexDocument {
  private static final String CONTEXT = "https://openvex.dev/ns/v0.2.0";

  private OpenVexDocument() {}

  /**
   * The document as maps and lists, in the order of the specification.
   *
   * @param findings current ones of the asset; only vulnerable packages are spoken of
   */
  public static Map<String, Object> of(
      String asset, String author, List<Finding> findings, Instant now) {
    List<Object> statements = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding.getKind() == FindingKind.VULNERABLE_PACKAGE) {
        List<Object> products = products(finding);
        if (!products.isEmpty()) {
          statements.add(statement(finding, products, now));
        }
      }
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("@context", CONTEXT);
    document.put("@id", "urn:sluice:vex:" + asset + ":" + now.getEpochSecond());
    document.put("author", author);
    document.put("timestamp", now.toString());
    document.put("version", 1);
    document.put("statements", statements);
    return document;
  }

  private static Map<String, Object> statement(
      Finding finding, List<Object> products, Instant now) {
    Map<String, Object> vulnerability = new LinkedHashMap<>();
    vulnerability.put("name", finding.getVulnerability());
    if (!finding.getAliases().isEmpty()) {
      vulnerability.put("aliases", finding.getAliases());
    }
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("vulnerability", vulnerability);
    statement.put("products", products);
    boolean decided = finding.getDecision() != null;
    String reason = decided ? finding.getDecision().getReason() : "";
    String explanation = decided ? finding.getDecision().getExplanation() : "";
    if (finding.getStatus() == FindingStatus.RESOLVED || reason.equals("vex-fixed")) {
      statement.put("status", "fixed");
    } else if (reason.equals("vex-not-affected") || reason.equals("false-positive")) {
      statement.put("status", "not_affected");
      statement.put("impact_statement", explanation);
    } else if (decided) {
      statement.put("status", "affected");
      statement.put("action_statement", action(finding, explanation));
    } else {
      statement.put("status", "under_investigation");
    }
    statement.put("timestamp", now.toString());
    return statement;
  }

  private static String action(Finding finding, String explanation) {
    List<String> fixes =
        finding.getLines().stream()
            .filter(LineState::getPresent)
            .filter(line -> line.getFixedVersion() != null)
            .map(line -> line.getLine() + ": " + line.getFixedVersion())
            .toList();
    return fixes.isEmpty()
        ? explanation
        : "Update " + finding.getPackageName() + " (" + String.join(", ", fixes) + ").";
  }

  /** Each version of the asset that has it, and the package in it. */
  private static List<Object> products(Finding finding) {
    List<Object> products = new ArrayList<>();
    for (LineState line : finding.getLines()) {
      boolean there = line.getPresent() || finding.getStatus() == FindingStatus.RESOLVED;
      if (!there || line.getHeadVersion() == null) {
        continue;
      }
      Map<String, Object> product = new LinkedHashMap<>();
      product.put("@id", finding.getAsset() + ":" + line.getHeadVersion());
      List<Map<String, String>> parts =
          line.getInstalledVersions().stream()
              .filter(version -> finding.getPackage$() != null)
              .map(version -> Map.of("@id", versioned(finding.getPackage$(), version)))
              .toList();
      if (!parts.isEmpty()) {
        product.put("subcomponents", parts);
      }
      products.add(product);
    }
    return products;
  }

  private static String versioned(String purl, String version) {
    StringBuilder encoded = new StringBuilder(Objects.requireNonNull(purl)).append('@');
    for (char each : version.toCharArray()) {
      boolean plain = Character.isLetterOrDigit(each) || ".-_~".indexOf(each) >= 0;
      encoded.append(plain ? String.valueOf(each) : "%%%02X".formatted((int) each));
    }
    return encoded.toString();
  }
}
