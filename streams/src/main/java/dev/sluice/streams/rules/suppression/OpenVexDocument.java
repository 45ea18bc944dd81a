package dev.sluice.streams.rules.suppression;

import dev.sluice.events.Finding;
import dev.sluice.events.FindingKind;
import dev.sluice.events.LineState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decisions as an OpenVEX document (https://github.com/openvex/spec, 0.2.0). */
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
    Verdict verdict = Verdict.of(finding);
    switch (verdict.status()) {
      case FIXED -> statement.put("status", "fixed");
      case NOT_AFFECTED -> {
        statement.put("status", "not_affected");
        statement.put("impact_statement", verdict.text());
      }
      case AFFECTED -> {
        statement.put("status", "affected");
        statement.put("action_statement", verdict.text());
      }
      default -> statement.put("status", "under_investigation");
    }
    statement.put("timestamp", now.toString());
    return statement;
  }

  /** Each version of the asset that has it, and the package in it. */
  private static List<Object> products(Finding finding) {
    List<Object> products = new ArrayList<>();
    for (LineState line : Verdict.lines(finding)) {
      Map<String, Object> product = new LinkedHashMap<>();
      product.put("@id", finding.getAsset() + ":" + line.getHeadVersion());
      List<Map<String, String>> parts =
          line.getInstalledVersions().stream()
              .filter(version -> finding.getPackage$() != null)
              .map(version -> Map.of("@id", Verdict.versioned(finding.getPackage$(), version)))
              .toList();
      if (!parts.isEmpty()) {
        product.put("subcomponents", parts);
      }
      products.add(product);
    }
    return products;
  }
}
