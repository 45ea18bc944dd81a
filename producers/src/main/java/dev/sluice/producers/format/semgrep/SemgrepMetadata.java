package dev.sluice.producers.format.semgrep;

import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a rule's author wrote beside the rule. Fields come as a string or as a list of strings. */
final class SemgrepMetadata {
  private static final int MOST_FIXES = 1_000;

  /** A fixed version of a package. */
  private record Fix(String packageName, String version) {}

  /** Takes one string. */
  private interface Text {
    void take(String text);
  }

  private final ObservationDraft draft;
  private final List<Fix> fixes = new ArrayList<>(0);
  private String advisory;
  private boolean secret;

  SemgrepMetadata(ObservationDraft draft) {
    this.draft = draft;
  }

  void read(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "cwe" -> each(json, draft::cwe);
      case "references" -> each(json, draft::reference);
      case "source", "shortlink", "source-rule-url" -> each(json, draft::reference);
      case "owasp", "category", "technology", "confidence", "likelihood", "impact" -> {
        List<String> all = new ArrayList<>(1);
        each(json, all::add);
        draft.property(field, String.join(", ", all.subList(0, Math.min(10, all.size()))));
      }
      case "secret_type" -> secret = true;
      case "product" -> secret |= json.isText() && "secrets".equals(json.text());
      case "sca-vuln-database-identifier" -> advisory = json.text();
      case "ghsa" -> each(json, draft::alias);
      case "sca-fix-versions" -> json.objects(() -> fix(json));
      default -> {}
    }
  }

  private void fix(JsonCursor json) throws IOException, UnreadableReportException {
    json.object(
        name -> {
          String version = json.text();
          if (version != null && fixes.size() < MOST_FIXES) {
            fixes.add(new Fix(name, version));
          }
        });
  }

  private static void each(JsonCursor json, Text text)
      throws IOException, UnreadableReportException {
    if (json.isArray()) {
      json.array(() -> take(json, text));
    } else {
      take(json, text);
    }
  }

  private static void take(JsonCursor json, Text text) throws IOException {
    String value = json.scalar();
    if (value != null) {
      text.take(value);
    }
  }

  /** The advisory of a supply chain rule: a CVE, a GHSA, or null. */
  String advisory() {
    return advisory == null || advisory.isBlank() ? null : advisory;
  }

  boolean secret() {
    return secret;
  }

  List<String> fixes(String packageName) {
    return fixes.stream()
        .filter(fix -> fix.packageName().equals(packageName))
        .map(Fix::version)
        .toList();
  }
}
