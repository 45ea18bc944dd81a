package dev.sluice.producers.format.govulncheck;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.Purls;
import dev.sluice.producers.format.Ratings;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One advisory in the OSV format (ossf.github.io/osv-schema), as govulncheck passes it on. */
final class OsvEntry {
  private static final int MOST = 100;

  private final List<String> aliases = new ArrayList<>();
  private final List<String> related = new ArrayList<>();
  private final List<String> upstream = new ArrayList<>();
  private final List<String> references = new ArrayList<>();
  private final List<String[]> vectors = new ArrayList<>();
  private final Map<String, List<String>> fixes = new LinkedHashMap<>();
  private String id;
  private String summary;
  private String details;
  private String page;
  private String reviewStatus;
  private String withdrawn;

  /** An advisory of which nothing but the id is known. */
  static OsvEntry unknown(String id) {
    OsvEntry entry = new OsvEntry();
    entry.id = id;
    return entry;
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    json.object(field -> field(json, field));
  }

  private void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "id" -> id = json.text();
      case "summary" -> summary = json.text();
      case "details" -> details = json.text();
      case "withdrawn" -> withdrawn = json.text();
      case "aliases" -> json.array(() -> add(aliases, json.text()));
      case "related" -> json.array(() -> add(related, json.text()));
      case "upstream" -> json.array(() -> add(upstream, json.text()));
      case "severity" -> json.objects(() -> severity(json));
      case "references" ->
          json.objects(
              () ->
                  json.object(
                      part -> {
                        if (part.equals("url")) {
                          add(references, json.text());
                        }
                      }));
      case "affected" -> json.objects(() -> affected(json));
      case "database_specific" -> json.object(part -> specific(json, part));
      default -> {}
    }
  }

  private void specific(JsonCursor json, String part) throws IOException {
    switch (part) {
      case "url" -> page = json.text();
      case "review_status" -> reviewStatus = json.text();
      default -> {}
    }
  }

  private void severity(JsonCursor json) throws IOException, UnreadableReportException {
    String[] vector = {null, null};
    json.object(
        part -> {
          switch (part) {
            case "type" -> vector[0] = json.text();
            case "score" -> vector[1] = json.text();
            default -> {}
          }
        });
    if (vector[1] != null && vectors.size() < MOST) {
      vectors.add(vector);
    }
  }

  private void affected(JsonCursor json) throws IOException, UnreadableReportException {
    String[] module = {null};
    List<String> fixed = new ArrayList<>(1);
    json.object(
        part -> {
          switch (part) {
            case "package" ->
                json.object(
                    name -> {
                      if (name.equals("name")) {
                        module[0] = json.text();
                      }
                    });
            case "ranges" ->
                json.objects(
                    () ->
                        json.object(
                            name -> {
                              if (name.equals("events")) {
                                json.objects(() -> event(json, fixed));
                              }
                            }));
            default -> {}
          }
        });
    if (module[0] != null && fixes.size() < MOST) {
      fixes.computeIfAbsent(module[0], m -> new ArrayList<>()).addAll(fixed);
    }
  }

  private static void event(JsonCursor json, List<String> fixed)
      throws IOException, UnreadableReportException {
    json.object(
        part -> {
          if (part.equals("fixed")) {
            add(fixed, json.text());
          }
        });
  }

  private static void add(List<String> list, String text) {
    if (text != null && !text.isBlank() && list.size() < MOST) {
      list.add(text);
    }
  }

  String id() {
    return id;
  }

  /** The observation of this advisory in one module. */
  ObservationDraft draft(
      GovulncheckFinding finding, GovulncheckFacts facts, Redactor redactor, boolean legacy) {
    ObservationDraft draft = new ObservationDraft(redactor).kind(FindingKind.VULNERABLE_PACKAGE);
    draft.nativeId(id);
    aliases.forEach(draft::alias);
    related.forEach(draft::related);
    upstream.forEach(draft::upstream);
    draft.title(summary != null && !summary.isBlank() ? summary : firstLine(details));
    draft.description(details);
    draft.reference(page);
    references.forEach(draft::reference);
    for (String[] vector : vectors) {
      String method = Ratings.cvssMethod(vector[1], vector[0]);
      draft.rating(Ratings.cvss("osv", vector[1], null, method));
    }
    String module = finding.key.module();
    String version = finding.version() == null ? facts.version(module) : finding.version();
    draft.component(module.isEmpty() ? null : component(module, version));
    draft.fixedVersion(finding.fixedVersion());
    if (legacy) {
      // It names no fixed version of its own, and the advisory's are written without Go's v.
      fixes.getOrDefault(module, List.of()).forEach(fix -> draft.fixedVersion("v" + fix));
    }
    draft.fixState(draft.hasFix() ? FixState.FIXED : FixState.NOT_FIXED);
    draft.reachability(finding.reachability());
    draft.property("symbols", finding.symbols());
    draft.property("calledFrom", finding.calledFrom());
    draft.property("goVersion", facts.goVersion());
    draft.property("reviewStatus", reviewStatus);
    return draft.property("withdrawn", withdrawn);
  }

  private static Component component(String module, String version) {
    return new Component(
        Purls.language("golang", module, version),
        module,
        version,
        "golang",
        null,
        null,
        null,
        null,
        null,
        Directness.UNKNOWN,
        new ArrayList<>(),
        0);
  }

  private static String firstLine(String text) {
    if (text == null) {
      return null;
    }
    int end = text.strip().indexOf("\n\n");
    return TextLimits.oneLine(end < 0 ? text : text.strip().substring(0, end));
  }
}
